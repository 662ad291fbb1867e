import { setTimeout as sleep } from "node:timers/promises";
import { paths } from "../../lib/routes";
import type { Measuring } from "../measuring";
import { figure, intervalRow, type Row } from "../report";
import type { Setting } from "../setting";
import { signInAll, signInForms, signInsAtOnce } from "../sign-in-all";
import { load } from "../tools/load";
import { stream } from "../tools/stream";
import { median, quantile, quantileRatioInterval } from "../tools/statistics";

const rounds = 30;
const seconds = 4;
/** The pace of the visitors whose waiting is measured. */
const visitsPerSecond = 40;
/** How often, and how long each time, sign-ins alone and hashes alone are counted. */
const limit = { rounds: 6, seconds: 6 };

/**
 * A signed-in page for visitors who come at an even pace: while nobody else is there, and while eight people at a time
 * send the login form of the same server.
 */
export async function measureStorm(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const page = { url: product.url + paths.profile, headers: { cookie: await setting.cookie() } };
  const forms = await signInForms(product.url);
  const inside = await setting.inside();
  const limitOf = () =>
    inside.ask<"hash">({ kind: "hash", seconds: limit.seconds, concurrency: signInsAtOnce });

  const found = await measuring(async () => {
    await load(page, 600);
    await signInAll(forms, () => sleep(1_500));
    const quiet: number[][] = [];
    const first: number[][] = [];
    const stormy: number[][] = [];
    const signIns: number[] = [];
    const limits: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      quiet.push(await stream(page, visitsPerSecond, seconds));
      await signInAll(forms, async () => {
        first.push(await stream(page, visitsPerSecond, 1));
        stormy.push(await stream(page, visitsPerSecond, seconds));
      });
    }
    for (let round = 0; round < limit.rounds; round += 1) {
      signIns.push(await signInAll(forms, () => sleep(limit.seconds * 1_000)));
      limits.push(await limitOf());
    }
    return { quiet, first, stormy, signIns: median(signIns), limit: median(limits) };
  });

  const line = (name: string, part: number, of: readonly number[][], target = ""): Row => {
    const [ours, baseline] = [quantile(of.flat(), part), quantile(found.quiet.flat(), part)];
    return { name, ours: figure(ours), baseline: figure(baseline), ratio: ours / baseline, target };
  };
  const between = quantileRatioInterval(0.99, found.stormy, found.quiet);
  return [
    line("Signed-in page in a login storm against quiet, p99 (ms)", 0.99, found.stormy, "≤ 2"),
    intervalRow("  95 % interval of the ratio of the p99", between),
    line("Signed-in page in a login storm against quiet, median (ms)", 0.5, found.stormy),
    line("  p99 in its first second, when all eight come at once (ms)", 0.99, found.first),
    {
      name: "  sign-ins a second, no other visitors, against argon2id alone in as many threads",
      ours: figure(found.signIns),
      baseline: figure(found.limit),
      ratio: found.signIns / found.limit,
      target: "≥ 0.9",
    },
  ];
}
