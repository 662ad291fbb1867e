import autocannon from "autocannon";

/** What is asked for, again and again. */
export interface Target {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The status of every answer; another one ends the benchmark, since it measures something else. */
  readonly status?: number;
}

/** Few enough that the client is never what is measured. */
const connections = 4;

/** Asks `amount` times over a few connections kept open. @returns the seconds it took. */
export async function load({ url, headers = {}, status = 200 }: Target, amount: number): Promise<number> {
  let last = 0;
  const start = performance.now();
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      // It notices its end when it samples.
      { url, amount, connections, sampleInt: 25, headers: { ...headers }, timeout: 30 },
      (error: Error | null, outcome) => {
        if (error === null) resolve(outcome);
        else reject(error);
      },
    );
    run.on("response", () => {
      last = performance.now();
    });
  });
  const counts = result.statusCodeStats as Record<string, { count?: number } | undefined>;
  const right = counts[String(status)]?.count ?? 0;
  if (right !== amount || result.errors > 0)
    throw new Error(`${url} did not answer ${String(status)} each time: ${JSON.stringify(counts)}`);
  return (last - start) / 1000;
}
