import "server-only";
import type { AttentionItem, AttentionKind } from "@/lib/shared/overview";

/** Fewer than this are chance. */
const few = 5;

/** What was counted in the time that is shown and in the one before. */
export interface Counted {
  readonly now: number;
  readonly before: number;
}

/** At least five, and half as many again as in the time before. */
export function isRising({ now, before }: Counted): boolean {
  return now >= few && now >= before * 1.5;
}

type Compared = Exclude<AttentionKind, "unsealed">;

/** One is too many of these. */
const always: readonly Compared[] = ["mails", "locks"];
const whenRising: readonly Compared[] = [
  "failed-sign-ins",
  "denied",
  "token-refreshes",
  "api-errors",
  "sign-ups",
];

/** The numbers that somebody should look at, the most pressing first. */
export function findAttention(
  counted: Readonly<Record<Compared, Counted>>,
  unsealed: number,
): readonly AttentionItem[] {
  const kinds = [
    ...always.filter((kind) => counted[kind].now > 0),
    ...whenRising.filter((kind) => isRising(counted[kind])),
  ];
  return [
    ...(unsealed > 0 ? [{ kind: "unsealed", count: unsealed, before: null } as const] : []),
    ...kinds.map((kind) => ({ kind, count: counted[kind].now, before: counted[kind].before })),
  ];
}
