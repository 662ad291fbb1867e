import { z } from "zod";
import { auditEventNames, auditFilterNames } from "@/lib/shared/audit";

const person = z.string().trim().max(254, "Use at most 254 characters");
const day = z.iso.date("Enter a day such as 2026-01-31");
const cursor = z.string().regex(/^\d{1,17}-\d{1,18}$/);

/** What the audit log is asked for: by whom, about whom, which event, when (UTC), from which address. */
export const auditFilterSchema = z.object({
  who: person.optional(),
  whom: person.optional(),
  event: z.enum(auditEventNames, "Choose an event").optional(),
  from: day.optional(),
  to: day.optional(),
  address: z
    .string()
    .trim()
    .max(45, "Enter an IP address")
    .regex(/^[0-9a-f.:]+$/i, "Enter an IP address")
    .optional(),
});

/** With the page: rows older than `before`, or newer than `after`. */
export const auditQuerySchema = auditFilterSchema.extend({
  before: cursor.optional(),
  after: cursor.optional(),
});

export const auditFormats = ["csv", "jsonl"] as const;

export type AuditFilter = z.output<typeof auditFilterSchema>;
export type AuditQuery = z.output<typeof auditQuerySchema>;

/** The query in an address that anybody may have written, and what is wrong with it. */
export function readAuditQuery(given: Readonly<Record<string, unknown>>) {
  const names = [...auditFilterNames, "before", "after"] as const;
  const texts = names.flatMap((name) => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? [[name, value] as const] : [];
  });
  const parsed = auditQuerySchema.safeParse(Object.fromEntries(texts));
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error?.issues ?? []) errors[String(path[0])] ??= message;
  const right = texts.filter(([name]) => !Object.hasOwn(errors, name));
  return {
    query: parsed.data ?? auditQuerySchema.parse(Object.fromEntries(right)),
    values: Object.fromEntries(texts) as Readonly<Record<string, string>>,
    errors: errors as Readonly<Record<string, string>>,
  };
}
