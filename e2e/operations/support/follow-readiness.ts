import { setTimeout as sleep } from "node:timers/promises";
import type { Balancer } from "../../tokens/support/balancer";

const everyMilliseconds = 100;

/**
 * Does what a proxy in production does: asks each instance whether it is ready, and sends requests to those that are.
 * All of them are in at the beginning.
 */
export function followReadiness(balancer: Balancer, ports: readonly number[]): () => Promise<void> {
  const ended = new AbortController();
  const watch = async (port: number) => {
    let isIn = true;
    while (!ended.signal.aborted) {
      const ready = await fetch(`http://localhost:${String(port)}/api/health/ready`, {
        headers: { connection: "close" },
      }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready && !isIn) balancer.putIn(port);
      // New requests go elsewhere at once; those under way are the instance's to finish.
      if (!ready && isIn) void balancer.takeOut(port);
      isIn = ready;
      await sleep(everyMilliseconds);
    }
  };
  const watches = ports.map(watch);
  return async () => {
    ended.abort();
    await Promise.all(watches);
  };
}
