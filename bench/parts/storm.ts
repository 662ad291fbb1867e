import { setTimeout as sleep } from "node:timers/promises";
import { paths } from "../../lib/routes";
import type { Measuring } from "../measuring";
import { figure, intervalRow, type Row } from "../report";
import type { Setting } from "../setting";
import { signInAll, signInForms, signInsAtOnce } from "../sign-in-all";
import { inLaunches } from "../tools/launches";
import { load } from "../tools/load";
import { stream } from "../tools/stream";
import { median, quantile, quantileRatioInterval } from "../tools/statistics";

/** In each launch. */
const rounds = 6;
const seconds = 4;
/** The pace of the visitors whose waiting is measured. */
const visitsPerSecond = 40;
/** How often, and how long each time, sign-ins alone and hashes alone are counted. */
const limit = { rounds: 6, seconds: 6 };

/** Milliseconds that each visitor waited. */
interface Round {
  readonly quiet: readonly number[];
  readonly first: readonly number[];
  readonly storm: readonly number[];
}

/**
 * A signed-in page for visitors who come at an even pace: while nobody else is there, and while eight people at a time
 * send the login form of the same server.
 */
export async function measureStorm(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const page = { url: product.url + paths.profile, headers: { cookie: await setting.cookie() } };
  const forms = await signInForms(product.url);
  const inside = await setting.inside();
  const measureLaunch = async () => {
    await load(page, 1_500);
    await signInAll(forms, () => sleep(3_000));
    const found: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const quiet = await stream(page, visitsPerSecond, seconds);
      await signInAll(forms, async () => {
        const first = await stream(page, visitsPerSecond, 1);
        found.push({ quiet, first, storm: await stream(page, visitsPerSecond, seconds) });
      });
    }
    return found;
  };
  const limitOf = () =>
    inside.ask<"hash">({ kind: "hash", seconds: limit.seconds, concurrency: signInsAtOnce });

  const found = await measuring(async () => {
    const launches = await inLaunches([product], measureLaunch);
    const signIns: number[] = [];
    const limits: number[] = [];
    for (let round = 0; round < limit.rounds; round += 1) {
      signIns.push(await signInAll(forms, () => sleep(limit.seconds * 1_000)));
      limits.push(await limitOf());
    }
    return { launches, signIns: median(signIns), limit: median(limits) };
  });

  const waits = (of: keyof Round) => found.launches.flat().flatMap((round) => round[of]);
  const line = (name: string, part: number, of: "storm" | "first", target = ""): Row => {
    const [ours, baseline] = [quantile(waits(of), part), quantile(waits("quiet"), part)];
    return { name, ours: figure(ours), baseline: figure(baseline), ratio: ours / baseline, target };
  };
  const between = quantileRatioInterval(
    0.99,
    found.launches.map((each) => each.map(({ storm, quiet }) => ({ ours: storm, baseline: quiet }))),
  );
  return [
    line("Signed-in page in a login storm against quiet, p99 (ms)", 0.99, "storm", "≤ 2"),
    intervalRow("  95 % interval of the ratio of the p99", between),
    line("Signed-in page in a login storm against quiet, median (ms)", 0.5, "storm"),
    line("  p99 in its first second, when all eight come at once (ms)", 0.99, "first"),
    {
      name: "  sign-ins a second, no other visitors, against argon2id alone in as many threads",
      ours: figure(found.signIns),
      baseline: figure(found.limit),
      ratio: found.signIns / found.limit,
      target: "≥ 0.9",
    },
  ];
}
