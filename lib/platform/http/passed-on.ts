type Source = () => Promise<Readonly<Record<string, string>>>;

/** Shared by the bundles of the server through the process. */
const held = globalThis as { gatehousePassedOn?: Source };

/** Says where the headers come from that calls to other servers carry on. Call it once, at start. */
export function passOn(source: Source): void {
  held.gatehousePassedOn = source;
}

/** Headers of the request that is being answered, for the calls that are made for it; none outside of one. */
export async function passedOn(): Promise<Readonly<Record<string, string>>> {
  return held.gatehousePassedOn === undefined ? {} : held.gatehousePassedOn();
}
