import { quantile } from "../tools/statistics";
import { paced } from "../tools/stream";
import type { Request } from "./requests";

/** One pace, and what came of it. */
export interface Step {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  /** Milliseconds of computing for one request. */
  readonly application: number;
  readonly database: number;
}

interface Ramp {
  readonly from: number;
  readonly seconds: number;
  /** Milliseconds that nineteen of twenty requests may take. */
  readonly bound: number;
  /** Seconds computed so far. */
  readonly meters: { readonly application: () => number; readonly database: () => number };
}

/** How much faster each step is than the one before. */
const growth = 1.2;

/** Makes requests ever faster until the 95th percentile is above the bound, or one fails. The last step is that one. */
export async function ramp(
  request: Request,
  { from, seconds, bound, meters }: Ramp,
): Promise<readonly Step[]> {
  await paced(request, from, 3);
  const steps: Step[] = [];
  for (let perSecond = from; ; perSecond = Math.ceil(perSecond * growth)) {
    const before = { application: meters.application(), database: meters.database() };
    // A failed request has waited for ever.
    const latencies = await paced((index) => request(index).catch(() => Infinity), perSecond, seconds);
    const each = (name: keyof typeof before) => ((meters[name]() - before[name]) * 1_000) / latencies.length;
    const p95 = Math.max(...latencies) === Infinity ? Infinity : quantile(latencies, 0.95);
    const costs = { application: each("application"), database: each("database") };
    steps.push({ perSecond, p50: quantile(latencies, 0.5), p95, ...costs });
    if (p95 > bound) return steps;
    // Whatever is still queued in the servers is none of the next step's.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
