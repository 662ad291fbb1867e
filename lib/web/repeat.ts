import "server-only";

/** Work that is done again and again. `stop` begins no more and resolves when what runs is done. */
export interface Repeated {
  stop(): Promise<void>;
}

interface Times {
  readonly firstMilliseconds: number;
  /** From the end of one time to the beginning of the next. */
  readonly pauseMilliseconds: number;
}

/** Does `work`, which must not throw, at these times, never twice at once. It does not keep the process alive. */
export function repeat(work: () => Promise<void>, { firstMilliseconds, pauseMilliseconds }: Times): Repeated {
  let stopped = false;
  let running = Promise.resolve();
  let timer = wait(firstMilliseconds);

  function wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      running = work().finally(() => {
        if (!stopped) timer = wait(pauseMilliseconds);
      });
    }, milliseconds).unref();
  }

  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
