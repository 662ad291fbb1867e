/** What took longer than it may. Its code is the system's for a connection that timed out. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
  readonly code = "ETIMEDOUT";
}

const sliceMilliseconds = 250;

/**
 * The outcome of `work`, or a {@link DeadlineError} after `milliseconds`; the work itself is not stopped. Time in which this
 * process had no turn to listen counts for a quarter of a second at most: an answer that has come is not late because
 * nobody has read it.
 */
export async function withDeadline<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const listen = (left: number) => {
      timer = setTimeout(
        () => {
          if (left > sliceMilliseconds) listen(left - sliceMilliseconds);
          else reject(new DeadlineError(`no answer within ${String(milliseconds)} ms`));
        },
        Math.min(left, sliceMilliseconds),
      );
    };
    listen(milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
