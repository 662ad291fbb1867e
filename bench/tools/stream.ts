import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Target } from "./load";

/**
 * Asks at an even pace, whether answers have come or not. @returns for each request the milliseconds from the moment it
 * was due to the end of its answer, so that a server that stands still counts for all who would have come meanwhile.
 */
export async function stream(target: Target, perSecond: number, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  try {
    return await paced(() => ask(target, agent), perSecond, seconds);
  } finally {
    agent.destroy();
  }
}

/** Like {@link stream} for anything that can be asked; `one` resolves with the moment of its end. */
export async function paced(
  one: (index: number) => Promise<number>,
  perSecond: number,
  seconds: number,
): Promise<number[]> {
  const start = performance.now();
  const pending: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = start + (index * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const answer = one(index).then((at) => at - due);
    // A failure is told at the end, by what waits for all.
    answer.catch(() => undefined);
    pending.push(answer);
  }
  return Promise.all(pending);
}

/**
 * Asks once more when the server has closed the connection, which lay idle, in the moment in which we asked on it.
 * @returns the moment at which the answer ended
 */
export function ask(target: Target, agent: Agent): Promise<number> {
  const { url, headers = {}, status = 200 } = target;
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { ...headers } }, (response) => {
      if (response.statusCode !== status)
        reject(new Error(`${url} answered ${String(response.statusCode)}.`));
      response.resume();
      response.on("end", () => {
        resolve(performance.now());
      });
      response.on("error", reject);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (request.reusedSocket && error.code === "ECONNRESET") resolve(ask(target, agent));
      else reject(error);
    });
  });
}
