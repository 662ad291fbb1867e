import "server-only";
import { addFigures, hourOf, type Figure } from "./add-figures";
import type { Connection } from "@/db/client";

/** What the audit log does not say, by what came of it. */
export interface CountedCalls {
  readonly token_refresh: "refreshed" | "refused" | "failed";
  readonly messages_api: "answered" | "refused" | "failed";
  readonly own_api: "failed";
  readonly sign_in_limit: "refused";
}

/** Shared by the bundles of the server through the process. */
const held = globalThis as { gatehouseCalls?: Map<string, Figure> };

/** Counts a call in this process; {@link saveCalls} writes down what was counted. */
export function countCall<Event extends keyof CountedCalls>(
  event: Event,
  outcome: CountedCalls[Event],
  at = new Date(),
): void {
  add({ hour: hourOf(at), event, method: "", outcome, count: 1 });
}

/**
 * Adds what this process has counted to the figures of all. A process that is killed loses what it counted since the last
 * time; what cannot be written is kept for the next.
 */
export async function saveCalls(db: Connection): Promise<void> {
  const taken = [...(held.gatehouseCalls?.values() ?? [])];
  held.gatehouseCalls = new Map();
  try {
    await addFigures(db, taken);
  } catch (error) {
    for (const figure of taken) add(figure);
    throw error;
  }
}

function add(figure: Figure): void {
  const calls = (held.gatehouseCalls ??= new Map());
  const key = `${figure.hour.toISOString()} ${figure.event} ${figure.outcome}`;
  calls.set(key, { ...figure, count: figure.count + (calls.get(key)?.count ?? 0) });
}
