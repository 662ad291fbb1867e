/** How a check ended. `failed` keeps people out or the API from being called; `warning` is worth knowing. */
export type CheckStatus = "ok" | "warning" | "failed";

/** One thing that was looked at. It holds no secret. */
export interface Finding {
  /** Names the check within its group, for machines. */
  readonly check: string;
  readonly status: CheckStatus;
  readonly text: string;
  /** What to do about it; null when it is ok. */
  readonly fix: string | null;
}

/** The findings about one part of the system. */
export interface CheckGroup {
  /** Names the group, for machines: `database`, `provider:oidc`. */
  readonly group: string;
  readonly title: string;
  readonly findings: readonly Finding[];
  /** Addresses to register there, by what they are; providers alone have any. */
  readonly register: Readonly<Record<string, string>>;
}

/** One variable of the configuration as this process sees it. */
export interface Setting {
  readonly name: string;
  readonly source: "set" | "preset" | "default" | "unset";
  /** Null when there is none, and when it is a secret. */
  readonly value: string | null;
  readonly secret: boolean;
}

/** What `npm run doctor -- --json` prints and `/admin/system` shows. `version` changes when a field does. */
export interface Diagnosis {
  readonly version: 1;
  readonly status: CheckStatus;
  /** When it was made: ISO 8601, UTC. */
  readonly at: string;
  readonly groups: readonly CheckGroup[];
  readonly settings: readonly Setting[];
}

const order: readonly CheckStatus[] = ["ok", "warning", "failed"];

/** The worst of these; `ok` for none. */
export function worstOf(statuses: readonly CheckStatus[]): CheckStatus {
  return order[Math.max(0, ...statuses.map((status) => order.indexOf(status)))] ?? "ok";
}

/** How the findings of a group ended together. */
export function statusOf({ findings }: CheckGroup): CheckStatus {
  return worstOf(findings.map(({ status }) => status));
}
