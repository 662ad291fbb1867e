import "server-only";
import type { Counted } from "./attention";
import type { Period } from "./period";
import type { StepFigure } from "./read-figures";
import type { ChartId, OverviewChart } from "@/lib/shared/overview";

type Choice = (figure: StepFigure) => boolean;

const of =
  (event: string, part: Partial<Pick<StepFigure, "method" | "outcome">> = {}): Choice =>
  (figure) =>
    figure.event === event &&
    (part.method === undefined || figure.method === part.method) &&
    (part.outcome === undefined || figure.outcome === part.outcome);

/** What each chart shows, kind by kind. */
const definitions: Readonly<Record<ChartId, Readonly<Record<string, Choice>>>> = {
  "sign-ins": {
    Password: of("authn_login_success", { method: "password" }),
    Provider: of("authn_login_success", { method: "oidc" }),
    "E-mail": of("authn_login_success", { method: "email" }),
  },
  "failed-sign-ins": {
    Password: of("authn_login_fail", { method: "password" }),
    Provider: of("authn_login_fail", { method: "oidc" }),
    "E-mail": of("authn_login_fail", { method: "email" }),
  },
  locks: {
    "Locked name": of("authn_login_fail", { outcome: "locked" }),
    "Over a limit": of("sign_in_limit"),
  },
  "sign-ups": {
    Password: of("user_created", { method: "password" }),
    Provider: of("user_created", { method: "oidc" }),
    Invitation: of("user_created", { method: "invitation" }),
  },
  sessions: { "Most at once": of("sessions_live") },
  "token-refreshes": {
    Renewed: of("token_refresh", { outcome: "refreshed" }),
    Refused: of("token_refresh", { outcome: "refused" }),
    Failed: of("token_refresh", { outcome: "failed" }),
  },
  "api-errors": {
    "Messages API": of("messages_api", { outcome: "failed" }),
    "This API": of("own_api"),
  },
};

/** Whether the values of a chart are highest counts, which are not added up. */
const isMost = (id: ChartId): boolean => id === "sessions";

export function drawCharts(figures: readonly StepFigure[], period: Period): readonly OverviewChart[] {
  return (Object.keys(definitions) as ChartId[]).map((id) => {
    const choices = Object.entries(definitions[id]);
    const join = isMost(id) ? (one: number, other: number) => Math.max(one, other) : add;
    const series = choices.map(([name, choice]) => {
      const values = period.steps.map(() => 0);
      for (const { at, count } of figures.filter(choice)) {
        const step = Math.floor((at.getTime() - period.from.getTime()) / period.stepMilliseconds);
        const value = values[step];
        if (value !== undefined) values[step] = join(value, count);
      }
      return { name, values };
    });
    const before = figures.filter(
      (figure) => isBefore(figure, period) && choices.some(([, fits]) => fits(figure)),
    );
    return {
      id,
      series,
      total: series.flatMap(({ values }) => values).reduce(join, 0),
      before: before.map(({ count }) => count).reduce(join, 0),
    };
  });
}

/** How many of these there were in the period, and in the one before it. */
export function countIn(
  figures: readonly StepFigure[],
  period: Period,
  part: Pick<StepFigure, "event"> & Partial<Pick<StepFigure, "outcome">>,
): Counted {
  const fitting = figures.filter(of(part.event, part));
  const sum = (some: readonly StepFigure[]) => some.map(({ count }) => count).reduce(add, 0);
  return {
    now: sum(fitting.filter(({ at }) => at >= period.from)),
    before: sum(fitting.filter((figure) => isBefore(figure, period))),
  };
}

/** Rows of the log that nobody has rolled up yet may lie anywhere, between the two periods as well. */
function isBefore({ at }: StepFigure, { previousFrom, previousUntil }: Period): boolean {
  return at >= previousFrom && at < previousUntil;
}

function add(one: number, other: number): number {
  return one + other;
}
