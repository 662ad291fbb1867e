/** Runs a step and tells a person about it when it takes longer than a second. */
export type Progress = <T>(title: string, step: () => Promise<T>) => Promise<T>;

/**
 * Progress on a terminal counts the seconds in place; elsewhere it prints a line after one second, one every ten
 * seconds, and one at the end.
 */
export function progressTo(output: NodeJS.WriteStream): Progress {
  const running = new Set<string>();
  const clear = () => {
    if (output.isTTY) output.write("\r\x1b[2K");
  };
  return async (title, step) => {
    const start = performance.now();
    const elapsed = () => (performance.now() - start) / 1000;
    let seconds = 0;
    running.add(title);
    const ticker = setInterval(() => {
      seconds += 1;
      if (output.isTTY) {
        clear();
        output.write(`… ${[...running].join(", ")} (${String(seconds)} s)`);
      } else if (seconds === 1 || seconds % 10 === 0) output.write(`… ${title} (${String(seconds)} s)\n`);
    }, 1_000);
    try {
      const result = await step();
      clear();
      if (seconds > 0) output.write(`✓ ${title} (${elapsed().toFixed(1)} s)\n`);
      return result;
    } catch (error) {
      clear();
      output.write(`✗ ${title} (${elapsed().toFixed(1)} s)\n`);
      throw error;
    } finally {
      running.delete(title);
      clearInterval(ticker);
    }
  };
}
