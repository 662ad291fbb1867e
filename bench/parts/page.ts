import { paths } from "../../lib/routes";
import { requestPathHeader } from "../../lib/web/request-headers";
import type { Measuring } from "../measuring";
import { figure, intervalRow, type Row } from "../report";
import type { Setting } from "../setting";
import { inLaunches } from "../tools/launches";
import { interleave, ratios, type Rounds } from "../tools/rounds";
import { median, medianInterval } from "../tools/statistics";
import { fixedPersonHeader } from "../variants/fixed-person";

const plan = { rounds: 18, turnSeconds: 0.6, warmUpSeconds: 6 };

/**
 * The signed-in profile page against the same page without any authentication, in the same process, and without a
 * middleware either.
 */
export async function measurePage(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const both = await setting.variant("fixed-person");
  const bare = await setting.variant("bare");
  const cookie = await setting.cookie();
  const meter = await setting.databaseMeter();
  const at = (app: typeof product, headers: Record<string, string> = {}) => ({
    url: app.url + paths.profile,
    headers: { cookie, ...headers },
    pid: () => app.part.pid,
  });
  const fixed = { [fixedPersonHeader]: "1" };
  const contestants = {
    ours: at(both),
    withoutAuth: at(both, fixed),
    // The middleware's own header, for the page that has no such middleware: it marks the place in the menu.
    bare: at(bare, { ...fixed, [requestPathHeader]: paths.profile }),
  };
  await refuseDifferentPages([at(product), ...Object.values(contestants)]);
  const found = await measuring(() =>
    inLaunches([both, bare], () => interleave(contestants, { ...plan, meter })),
  );
  const all = (name: keyof typeof contestants, of: keyof Rounds) => found.flatMap((each) => each[name][of]);
  const line = (
    name: string,
    of: "perSecond" | "cpu",
    against: "withoutAuth" | "bare",
    target = "",
  ): Row => ({
    name,
    ours: figure(median(all("ours", of))),
    baseline: figure(median(all(against, of))),
    ratio: median(ratios(all("ours", of), all(against, of))),
    target,
  });
  const between = (of: "perSecond" | "cpu") =>
    medianInterval(found.map(({ ours, withoutAuth }) => ratios(ours[of], withoutAuth[of])));
  return [
    line("Signed-in page, requests a second", "perSecond", "withoutAuth", "≥ 0.95"),
    line("Signed-in page, server CPU a request (ms)", "cpu", "withoutAuth", "≤ 1.1"),
    line("  requests a second, against no middleware either", "perSecond", "bare"),
    line("  server CPU a request (ms), against no middleware either", "cpu", "bare"),
    {
      name: "  PostgreSQL's CPU a request (ms)",
      ours: figure(median(all("ours", "other"))),
      baseline: figure(median(all("withoutAuth", "other"))),
      ratio: null,
      target: "",
    },
    intervalRow("  95 % interval of the ratio of requests", between("perSecond")),
    intervalRow("  95 % interval of the ratio of CPU", between("cpu")),
  ];
}

/** A page with other markup would make the comparison worthless. */
async function refuseDifferentPages(
  pages: readonly { url: string; headers: Record<string, string> }[],
): Promise<void> {
  const texts = await Promise.all(
    pages.map(async ({ url, headers }) => {
      const html = await (await fetch(url, { headers })).text();
      const markup = html.replace(/<script\b.*?<\/script>|<link\b[^>]*>| nonce="[^"]*"|ACTION_ID_\w+/gs, "");
      return markup.slice(markup.indexOf("<body"));
    }),
  );
  const [first = "", ...rest] = texts;
  for (const other of rest) {
    const at = [...first].findIndex((character, index) => character !== other[index]);
    if (at < 0 && first.length === other.length) continue;
    const excerpt = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
    throw new Error(`The pages to compare differ:\n${excerpt(first)}\n--\n${excerpt(other)}`);
  }
}
