/** How long a time the overview shows: by the hour, by the day, by the day. */
export const overviewRanges = ["day", "week", "month"] as const;

export type OverviewRange = (typeof overviewRanges)[number];

export const chartIds = [
  ...(["sign-ins", "failed-sign-ins", "locks", "sign-ups"] as const),
  ...(["sessions", "token-refreshes", "api-errors"] as const),
] as const;

export type ChartId = (typeof chartIds)[number];

/** One kind of what a chart shows, with a value for each step of the time. */
export interface OverviewSeries {
  readonly name: string;
  readonly values: readonly number[];
}

export interface OverviewChart {
  readonly id: ChartId;
  readonly series: readonly OverviewSeries[];
  /** Of the whole time; of the time before it, to the same hour. The most at once where the chart is no sum. */
  readonly total: number;
  readonly before: number;
}

/** What asks for somebody to look at it, the most pressing first. */
export const attentionKinds = [
  ...(["unsealed", "mails", "locks", "failed-sign-ins"] as const),
  ...(["denied", "token-refreshes", "api-errors", "sign-ups"] as const),
] as const;

export type AttentionKind = (typeof attentionKinds)[number];

export interface AttentionItem {
  readonly kind: AttentionKind;
  readonly count: number;
  /** In the time before; null where that says nothing. */
  readonly before: number | null;
}

/** The numbers of the site. All times are the beginnings of hours or days in UTC. */
export interface Overview {
  readonly range: OverviewRange;
  readonly steps: readonly Date[];
  readonly attention: readonly AttentionItem[];
  readonly charts: readonly OverviewChart[];
  /** What the figures from the audit log reach until. */
  readonly until: Date;
  /** True while older rows of the log are still being counted. */
  readonly behind: boolean;
}
