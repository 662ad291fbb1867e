import { randomBytes } from "node:crypto";
import { sealSessionCookie } from "../../lib/platform/crypto/session-cookie";
import { paths } from "../../lib/routes";
import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import type { Setting } from "../setting";
import { load } from "../tools/load";
import { interleave, ratios } from "../tools/rounds";
import { median } from "../tools/statistics";

const plan = { rounds: 8, turnSeconds: 1, warmUpSeconds: 3 };

/**
 * Turning a signed-out visitor away in the middleware against doing so in the page. The page's visitor has a well-signed
 * cookie of no session, so that the middleware lets them pass.
 */
export async function measureRedirect(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const name = (await setting.cookie()).split("=")[0] ?? "";
  const secrets = (setting.world.env["AUTH_SECRET"] ?? "").split(",");
  const ended = sealSessionCookie(randomBytes(32).toString("base64url"), secrets);
  const target = { url: product.url + paths.profile, status: 307, pid: () => product.part.pid };
  const { middleware, page } = await measuring(() =>
    interleave({ middleware: target, page: { ...target, headers: { cookie: `${name}=${ended}` } } }, plan),
  );
  const { app, queries } = await setting.counted();
  queries.reset();
  const requests = 500;
  await load({ url: app.url + paths.profile, status: 307 }, requests);
  return [
    {
      name: "Redirect to login: middleware against page, requests a second",
      ours: figure(median(middleware.perSecond)),
      baseline: figure(median(page.perSecond)),
      ratio: median(ratios(middleware.perSecond, page.perSecond)),
      target: "",
    },
    {
      name: "Redirect to login: middleware against page, server CPU a request (ms)",
      ours: figure(median(middleware.cpu)),
      baseline: figure(median(page.cpu)),
      ratio: median(ratios(middleware.cpu, page.cpu)),
      target: "",
    },
    {
      name: `Queries in ${String(requests)} middleware redirects`,
      ours: String(queries.count()),
      baseline: "",
      ratio: null,
      target: "0",
    },
  ];
}
