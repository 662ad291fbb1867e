interface Batches {
  /** How many a full batch has. */
  readonly atOnce: number;
  /** Asked before each batch. */
  readonly goesOn: () => boolean;
}

/**
 * Does what there is to do in batches, one after the other, until one is not full: so no transaction holds all of it.
 * @param batch says how many it did; null when somebody else is at it
 * @returns how many were done in all; null when somebody else was at it before the first
 */
export async function inBatches(
  { atOnce, goesOn }: Batches,
  batch: () => Promise<number | null>,
): Promise<number | null> {
  let done = 0;
  while (goesOn()) {
    const some = await batch();
    if (some === null) return done || null;
    done += some;
    if (some < atOnce) break;
  }
  return done;
}
