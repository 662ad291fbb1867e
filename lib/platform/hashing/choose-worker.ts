interface Worker {
  /** Tasks that it has and has not finished. */
  readonly currentUsage: number;
}

/** A worker has its next task at hand, and need not wait until the event loop has handed it over. */
export const tasksPerWorker = 2;

/**
 * Which worker gets the next password: an idle one, else a new one (null: the task waits for it) while there may be more,
 * else the one with the least to do; null when all have as much as they may.
 * @param most how many workers there may be
 */
export function chooseWorker<W extends Worker>(workers: readonly W[], most: number): W | null {
  const [least] = [...workers].sort((one, other) => one.currentUsage - other.currentUsage);
  if (least === undefined) return null;
  const limit = workers.length < most ? 1 : tasksPerWorker;
  return least.currentUsage < limit ? least : null;
}
