import { DeadlineError, withDeadline } from "@/lib/platform/deadline";

/** Says that nothing came to an end for too long, so that whoever waits does better to go elsewhere. */
export class OutOfPatienceError extends Error {
  override readonly name = "OutOfPatienceError";
}

/**
 * Waits for work of which some always ends, one after another, however much of it there is.
 * @param milliseconds how long none of it may end before all who wait are told
 * @returns a wait: the outcome of its work, or {@link OutOfPatienceError}; the work itself is not stopped
 */
export function withPatience(milliseconds: number): <Value>(work: Promise<Value>) => Promise<Value> {
  let lastEnd = -Infinity;
  return async (work) => {
    const begin = performance.now();
    const ended = work.then((value) => {
      lastEnd = performance.now();
      return value;
    });
    for (;;) {
      const left = milliseconds - (performance.now() - Math.max(begin, lastEnd));
      if (left <= 0) throw new OutOfPatienceError("nothing came to an end");
      try {
        return await withDeadline(ended, left);
      } catch (error) {
        if (!(error instanceof DeadlineError)) throw error;
      }
    }
  };
}
