import { wellKnownPaths } from "../../lib/routes";
import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import type { Setting } from "../setting";
import { interleave, ratios } from "../tools/rounds";
import { median } from "../tools/statistics";

/** The JWKS, which is kept in memory for half a minute, against a route that answers a constant behind an idle middleware. */
export async function measureKeys(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const constant = await setting.variant("bare");
  const { ours, baseline } = await measuring(() =>
    interleave(
      {
        ours: { url: product.url + wellKnownPaths.jwks, pid: () => product.part.pid },
        baseline: { url: `${constant.url}/bench/json`, pid: () => constant.part.pid },
      },
      { rounds: 8, turnSeconds: 1, warmUpSeconds: 3 },
    ),
  );
  return [
    {
      name: "JWKS from memory against a constant, requests a second",
      ours: figure(median(ours.perSecond)),
      baseline: figure(median(baseline.perSecond)),
      ratio: median(ratios(ours.perSecond, baseline.perSecond)),
      target: "",
    },
  ];
}
