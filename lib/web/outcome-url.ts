import { paths } from "@/lib/routes";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/** The outcome page's address, with the reference that finds the log line and the path to try again. */
export function outcomeUrl(
  code: OutcomeCode,
  { reference, from }: { reference?: string; from?: string } = {},
): string {
  const query = new URLSearchParams({ code });
  if (reference !== undefined) query.set("reference", reference);
  if (from !== undefined) query.set("from", from);
  return `${paths.outcome}?${query}`;
}
