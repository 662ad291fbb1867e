import "server-only";
import type { Finding } from "@/lib/shared/diagnosis";

export const ok = (check: string, text: string): Finding => ({ check, status: "ok", text, fix: null });

export const warning = (check: string, text: string, fix: string): Finding => ({
  check,
  status: "warning",
  text,
  fix,
});

export const failed = (check: string, text: string, fix: string): Finding => ({
  check,
  status: "failed",
  text,
  fix,
});

/** "1 mail", "2 mails". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

/** A length of time in its greatest unit: "12 days". */
export function duration(seconds: number): string {
  if (seconds < 120) return count(Math.round(seconds), "second");
  if (seconds < 7_200) return count(Math.round(seconds / 60), "minute");
  if (seconds < 172_800) return count(Math.round(seconds / 3_600), "hour");
  return count(Math.round(seconds / 86_400), "day");
}

/** How long ago a moment was, in seconds. */
export function age(since: Date, now: Date): number {
  return (now.getTime() - since.getTime()) / 1000;
}
