import { setTimeout as sleep } from "node:timers/promises";

const patienceMilliseconds = 60_000;

/** Asks until the answer is yes; a failure to ask counts as no. Throws after a minute. */
export async function until(question: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMilliseconds;
  while (performance.now() < end) {
    try {
      if (await question()) return;
    } catch {
      // Whoever was asked is still away.
    }
    await sleep(100);
  }
  throw new Error(`It did not happen within a minute: ${String(question)}`);
}
