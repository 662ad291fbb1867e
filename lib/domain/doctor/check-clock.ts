import "server-only";
import { failed, ok, warning } from "./finding";
import { clockToleranceSeconds } from "@/lib/domain/oidc/clock-tolerance";
import type { Finding } from "@/lib/shared/diagnosis";

/** Beyond this a clock is wrong, even where that is allowed for. */
const noticeableSeconds = 5;

/** What a difference between another clock and this one means; `whose` is "the database's", "the provider's". */
export function judgeClock(whose: string, differenceSeconds: number): Finding {
  const seconds = Math.round(Math.abs(differenceSeconds));
  const text = `${whose} clock differs from this one by ${String(seconds)} s`;
  const fix = `Have both machines set their clocks by NTP: up to ${String(clockToleranceSeconds)} seconds are allowed for.`;
  if (seconds > clockToleranceSeconds) return failed("clock", text, fix);
  return seconds > noticeableSeconds ? warning("clock", text, fix) : ok("clock", text);
}

/**
 * How far the clock of a server that answered is ahead, by its `Date` and, where a cache answered, `Age` (RFC 9110 section
 * 6.6.1, RFC 9111 section 5.1); null when it does not say.
 */
export function clockAhead(response: Response, now: Date): number | null {
  const theirs = Date.parse(response.headers.get("date") ?? "");
  const cached = Number(response.headers.get("age") ?? 0);
  if (Number.isNaN(theirs) || Number.isNaN(cached)) return null;
  return (theirs - now.getTime()) / 1000 + cached;
}
