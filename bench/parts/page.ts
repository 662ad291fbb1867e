import { paths } from "../../lib/routes";
import { requestPathHeader } from "../../lib/web/request-headers";
import type { Measuring } from "../measuring";
import { figure, intervalRow, type Row } from "../report";
import type { Setting } from "../setting";
import { interleave, ratios, type Rounds } from "../tools/rounds";
import { median, medianInterval } from "../tools/statistics";

const plan = { rounds: 100, turnSeconds: 0.6, warmUpSeconds: 8 };

/** The signed-in profile page against the same page without any authentication, and without a middleware either. */
export async function measurePage(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const withoutAuth = await setting.variant("without-auth");
  const bare = await setting.variant("bare");
  const cookie = await setting.cookie();
  const meter = await setting.databaseMeter();
  const at = (app: typeof product) => ({
    url: app.url + paths.profile,
    // The middleware's own header, for the page that has no such middleware: it marks the place in the menu.
    headers: { cookie, ...(app === bare && { [requestPathHeader]: paths.profile }) },
    pid: () => app.part.pid,
  });
  const contestants = { ours: at(product), withoutAuth: at(withoutAuth), bare: at(bare) };
  await refuseDifferentPages(Object.values(contestants));
  const found = await measuring(() => interleave(contestants, { ...plan, meter }));
  const { ours } = found;
  const between = (of: "perSecond" | "cpu") => medianInterval(ratios(ours[of], found.withoutAuth[of]));
  return [
    line("Signed-in page, requests a second", "perSecond", ours, found.withoutAuth, "≥ 0.95"),
    line("Signed-in page, server CPU a request (ms)", "cpu", ours, found.withoutAuth, "≤ 1.1"),
    line("  requests a second, against no middleware either", "perSecond", ours, found.bare),
    line("  server CPU a request (ms), against no middleware either", "cpu", ours, found.bare),
    {
      name: "  PostgreSQL's CPU a request (ms)",
      ours: figure(median(ours.other)),
      baseline: figure(median(found.withoutAuth.other)),
      ratio: null,
      target: "",
    },
    intervalRow("  95 % interval of the ratio of requests", between("perSecond")),
    intervalRow("  95 % interval of the ratio of CPU", between("cpu")),
  ];
}

function line(name: string, of: "perSecond" | "cpu", ours: Rounds, baseline: Rounds, target = ""): Row {
  return {
    name,
    ours: figure(median(ours[of])),
    baseline: figure(median(baseline[of])),
    ratio: median(ratios(ours[of], baseline[of])),
    target,
  };
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
