import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import { visitorName, type Setting } from "../setting";
import { providerSignIn } from "../sign-in";
import { ratios } from "../tools/rounds";
import { median } from "../tools/statistics";
import { tokenOf } from "./refresh";

/** What a caller pays for an access token that is still good. */
export async function measureTokens(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const inside = await setting.inside();
  const provider = tokenOf(await providerSignIn(product.url, visitorName));
  const local = tokenOf(await setting.cookie());
  const plan = { rounds: 10, calls: 300 };
  const { read, mint } = await measuring(async () => ({
    read: await inside.ask<"read">({ kind: "read", token: provider, ...plan }),
    mint: await inside.ask<"mint">({ kind: "mint", token: local, ...plan }),
  }));
  const line = (name: string, ours: readonly number[], baseline: readonly number[]): Row => ({
    name,
    ours: figure(median(ours) * 1_000),
    baseline: figure(median(baseline) * 1_000),
    ratio: median(ratios(ours, baseline)),
    target: "",
  });
  return [
    line("Token read: a provider's token against its bare row (µs)", read.verb, read.select),
    line("Mint: a new token of ours against a bare ES256 signature (µs)", mint.fresh, mint.signature),
    line("  a token of ours again, from the cache (µs)", mint.kept, mint.signature),
  ];
}
