import type { App } from "../../dev/app/server";

const launches = 6;

/** What each round found, by launch of the application: launches of the same build differ, so each counts as a whole. */
export type Launches<Round> = readonly (readonly Round[])[];

/** Measures six times, each time with processes that have just been started. */
export async function inLaunches<Found>(
  apps: readonly App[],
  measure: () => Promise<Found>,
): Promise<Found[]> {
  const found: Found[] = [];
  for (let launch = 0; launch < launches; launch += 1) {
    for (const { part } of apps) {
      await part.stop();
      await part.start();
    }
    found.push(await measure());
  }
  return found;
}
