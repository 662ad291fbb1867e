import "server-only";
import { findAttention } from "./attention";
import { countIn, drawCharts } from "./draw-charts";
import { periodOf } from "./period";
import { readFigures } from "./read-figures";
import { requirePermission } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import type { Overview, OverviewRange } from "@/lib/shared/overview";

/** The numbers of the site over a time that ends now, and those that want attention. */
export async function readOverview(ctx: Context, { range }: { range: OverviewRange }): Promise<Overview> {
  requirePermission(ctx, "read:overview");
  const now = ctx.now();
  const period = periodOf(range, now);
  const { rows, behindSince, unsealed } = await readFigures(ctx.db, period);
  const charts = drawCharts(rows, period);
  const counted = (id: (typeof charts)[number]["id"]) => {
    const chart = charts.find((one) => one.id === id);
    return { now: chart?.total ?? 0, before: chart?.before ?? 0 };
  };
  const count = (event: string, outcome?: string) =>
    countIn(rows, period, { event, ...(outcome !== undefined && { outcome }) });
  const [refused, failed] = [count("token_refresh", "refused"), count("token_refresh", "failed")];
  const attention = findAttention(
    {
      mails: count("mail_gave_up"),
      locks: counted("locks"),
      "failed-sign-ins": counted("failed-sign-ins"),
      denied: count("authz_fail"),
      "token-refreshes": { now: refused.now + failed.now, before: refused.before + failed.before },
      "api-errors": counted("api-errors"),
      "sign-ups": counted("sign-ups"),
    },
    unsealed,
  );
  const { steps } = period;
  return { range, steps, attention, charts, until: behindSince ?? now, behind: behindSince !== null };
}
