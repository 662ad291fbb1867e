import "server-only";
import { eventConditions } from "./event-conditions";
import { readEvents, type EventRow } from "./list-events";
import { recordEvent } from "./record-event";
import type { AuditFilter, auditFormats } from "./schemas";
import { requirePermission } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import { csvLine } from "@/lib/platform/csv";

const atOnce = 2_000;

type Format = (typeof auditFormats)[number];

/**
 * The rows of the audit log that a filter lets through, newest first, as text in pieces; a page of rows is held at a
 * time, however many there are. The download itself is written down first.
 */
export async function exportEvents(
  ctx: Context,
  { format, filter }: { format: Format; filter: AuditFilter },
): Promise<AsyncGenerator<string>> {
  requirePermission(ctx, "export:audit");
  const conditions = await eventConditions(ctx.db, filter);
  await recordEvent(ctx, { event: "audit_exported", subjectId: null, details: { format, filter } });
  return pieces();

  async function* pieces(): AsyncGenerator<string> {
    if (format === "csv") yield csvLine(columns);
    if (conditions === null) return;
    const line = format === "csv" ? toCsv : toJson;
    for (let before: string | undefined; ;) {
      const rows = await readEvents(ctx.db, conditions, { before, limit: atOnce });
      if (rows.length > 0) yield rows.map(line).join("");
      before = rows.at(-1)?.cursor;
      if (rows.length < atOnce) return;
    }
  }
}

const columns = [
  ...["id", "at", "event", "actor_id", "actor_name", "subject_id"],
  ...["session_id", "request_id", "address", "details"],
];

function facts(row: EventRow): (string | null)[] {
  return [
    ...[String(row.id), row.at.toISOString(), row.event, row.actorId, row.actorName, row.subjectId],
    ...[row.sessionId, row.requestId, row.address, JSON.stringify(row.details)],
  ];
}

function toCsv(row: EventRow): string {
  return csvLine(facts(row));
}

function toJson(row: EventRow): string {
  const entries = facts(row).map((value, at) => [columns[at], value]);
  return `${JSON.stringify({ ...Object.fromEntries(entries), details: row.details })}\n`;
}
