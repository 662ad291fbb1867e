import { apiPaths } from "../../lib/routes";
import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import { visitorName, type Setting } from "../setting";
import { providerSignIn } from "../sign-in";
import { ratios } from "../tools/rounds";
import { median } from "../tools/statistics";

const rounds = 8;
const readers = 100;

/**
 * A hundred who want the access token in the moment after it ended: in one process of the product's verbs, and as
 * requests to the running application. The provider is the development one, with rotation.
 */
export async function measureRefresh(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const inside = await setting.inside();
  const cookie = await providerSignIn(product.url, visitorName);
  const token = tokenOf(cookie);
  const expire = () => inside.ask<"expire">({ kind: "expire", token });
  const ask = (count: number) => inside.ask<"refresh">({ kind: "refresh", token, readers: count });
  const url = product.url + apiPaths.messages("protected");

  const found = await measuring(async () => {
    const times = {
      one: [] as number[],
      all: [] as number[],
      fresh: [] as number[],
      expired: [] as number[],
    };
    for (let round = -1; round < rounds; round += 1) {
      await expire();
      const one = await ask(1);
      await expire();
      const all = await ask(readers);
      // Each goes first in every other round.
      const early = round % 2 === 0 ? await requestAll(url, cookie) : undefined;
      await expire();
      const expired = await requestAll(url, cookie);
      const fresh = early ?? (await requestAll(url, cookie));
      // The first round warms up.
      if (round < 0) continue;
      times.one.push(one);
      times.all.push(all);
      times.fresh.push(fresh);
      times.expired.push(expired);
    }
    return times;
  });
  const line = (name: string, ours: readonly number[], baseline: readonly number[]): Row => ({
    name,
    ours: figure(median(ours)),
    baseline: figure(median(baseline)),
    ratio: median(ratios(ours, baseline)),
    target: "",
  });
  return [
    line(`Refresh storm: last of ${String(readers)} tokens against one refresh (ms)`, found.all, found.one),
    line(
      `  last of ${String(readers)} API requests, token ended against token good (ms)`,
      found.expired,
      found.fresh,
    ),
  ];
}

/** The session token within a cookie, `name=value`. */
export function tokenOf(cookie: string): string {
  return /=([^.]+)\./.exec(cookie)?.[1] ?? "";
}

async function requestAll(url: string, cookie: string): Promise<number> {
  const start = performance.now();
  const answers = Array.from({ length: readers }, async () => {
    const answer = await fetch(url, { headers: { cookie } });
    await answer.arrayBuffer();
    if (answer.status !== 200)
      throw new Error(`A request in the refresh storm got ${String(answer.status)}.`);
  });
  await Promise.all(answers);
  return performance.now() - start;
}
