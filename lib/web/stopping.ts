import "server-only";

/** Shared by the bundles of the server through the process. */
const held = globalThis as { gatehouseStopping?: boolean };

/** True from the signal to stop on. */
export function isStopping(): boolean {
  return held.gatehouseStopping === true;
}

export function noteStopping(): void {
  held.gatehouseStopping = true;
}
