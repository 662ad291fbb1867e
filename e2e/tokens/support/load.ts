import type { Answered } from "../../attacks/support/visitor";

/** One request that somebody makes again and again; every answer must be 200. */
export interface Regular {
  readonly name: string;
  readonly ask: () => Promise<Answered>;
}

/** How it went. */
export interface LoadReport {
  readonly answered: number;
  /** What was not answered with 200: the request, and what came instead. */
  readonly failed: readonly string[];
}

const everyMilliseconds = 50;

/** What is left out when the machine cannot keep up; more would only wait in a queue of our own making. */
const mostAtOnce = 20;

/** Makes 20 requests a second, in turns, for as long as `work` lasts. */
export async function underLoad(
  regulars: readonly Regular[],
  work: () => Promise<void>,
): Promise<LoadReport> {
  const sent: Promise<string | null>[] = [];
  let underWay = 0;
  const timer = setInterval(() => {
    if (underWay === mostAtOnce) return;
    underWay += 1;
    const answer = failureOf(regulars[sent.length % regulars.length]!);
    sent.push(answer.finally(() => (underWay -= 1)));
  }, everyMilliseconds);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const failures = await Promise.all(sent);
  return { answered: sent.length, failed: failures.filter((failure) => failure !== null) };
}

async function failureOf({ name, ask }: Regular): Promise<string | null> {
  try {
    const { status, text, location } = await ask();
    return status === 200 ? null : `${name}: ${String(status)} ${location ?? text.slice(0, 200)}`;
  } catch (error) {
    return `${name}: ${String(error)}`;
  }
}
