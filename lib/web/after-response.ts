import "server-only";
import { after } from "next/server";

/** Shared by the bundles of the server through the process. */
const held = globalThis as { gatehouseAfter?: { waiting: number; done: Set<() => void> } };
const state = (held.gatehouseAfter ??= { waiting: 0, done: new Set() });

/** Runs `work` once the answer is on its way. A process that stops waits for it. */
export function afterResponse(work: () => unknown): void {
  state.waiting += 1;
  after(async () => {
    try {
      await work();
    } finally {
      state.waiting -= 1;
      if (state.waiting === 0) for (const resolve of state.done) resolve();
    }
  });
}

/** Resolves when nothing of {@link afterResponse} is left to do. */
export function workAfterResponses(): Promise<void> {
  if (state.waiting === 0) return Promise.resolve();
  return new Promise((resolve) => {
    state.done.add(resolve);
  });
}
