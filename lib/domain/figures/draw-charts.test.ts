import { describe, expect, it } from "vitest";
import { countIn, drawCharts } from "./draw-charts";
import { periodOf } from "./period";
import type { ChartId } from "@/lib/shared/overview";

const period = periodOf("week", new Date("2026-03-20T10:30:00Z"));
const figure = (
  at: string,
  event: string,
  count: number,
  rest: { method?: string; outcome?: string } = {},
) => ({
  ...{ at: new Date(at), event, method: "", outcome: "", count },
  ...rest,
});
const chart = (id: ChartId, figures: ReturnType<typeof figure>[]) =>
  drawCharts(figures, period).find((one) => one.id === id);

describe("a chart of the overview", () => {
  it("adds the hours of a day, kind by kind", () => {
    const found = chart("sign-ins", [
      figure("2026-03-20T00:00:00Z", "authn_login_success", 2, { method: "password" }),
      figure("2026-03-20T09:00:00Z", "authn_login_success", 3, { method: "password" }),
      figure("2026-03-19T00:00:00Z", "authn_login_success", 5, { method: "oidc" }),
      figure("2026-03-19T00:00:00Z", "authn_login_fail", 7, { method: "oidc" }),
    ]);
    expect(found?.series.map(({ name, values }) => [name, values.slice(-2)])).toEqual([
      ["Password", [0, 5]],
      ["Provider", [5, 0]],
      ["E-mail", [0, 0]],
    ]);
    expect(found?.total).toBe(10);
  });

  it("takes the most of live sessions, of a day and of all", () => {
    const found = chart("sessions", [
      figure("2026-03-20T00:00:00Z", "sessions_live", 20),
      figure("2026-03-20T09:00:00Z", "sessions_live", 30),
      figure("2026-03-18T00:00:00Z", "sessions_live", 25),
      figure("2026-03-08T00:00:00Z", "sessions_live", 40),
    ]);
    expect(found?.series[0]?.values.slice(-3)).toEqual([25, 0, 30]);
    expect(found).toMatchObject({ total: 30, before: 40 });
  });

  it("leaves out late rows of the log between the two times, and older ones", () => {
    const late = [
      figure("2026-03-13T11:00:00Z", "authz_fail", 1),
      figure("2026-03-13T10:00:00Z", "authz_fail", 2),
      figure("2026-03-06T23:00:00Z", "authz_fail", 4),
      figure("2026-03-14T00:00:00Z", "authz_fail", 8),
    ];
    expect(countIn(late, period, { event: "authz_fail" })).toEqual({ now: 8, before: 2 });
  });
});
