import "server-only";
import { and, asc, desc, inArray, sql, type SQL } from "drizzle-orm";
import { eventConditions } from "./event-conditions";
import type { AuditQuery } from "./schemas";
import type { Connection } from "@/db/client";
import { auditEvents, users } from "@/db/schema";
import { requirePermission } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import type { AuditPage, AuditPerson, AuditRow } from "@/lib/shared/audit";

const pageSize = 50;

const { at, id } = auditEvents;
/** Where a row stands: the time to the microsecond, then the id. */
const cursor = sql<string>`(extract(epoch from ${at}) * 1000000)::bigint::text || '-' || ${id}::text`;

export type EventRow = typeof auditEvents.$inferSelect & { readonly cursor: string };

/** A page of the audit log, newest first. */
export async function listEvents(ctx: Context, query: AuditQuery): Promise<AuditPage> {
  requirePermission(ctx, "read:audit");
  const { before, after, ...filter } = query;
  const conditions = await eventConditions(ctx.db, filter);
  if (conditions === null) return { rows: [], newer: null, older: null };
  const upwards = before === undefined && after !== undefined;
  const found = await readEvents(ctx.db, conditions, { before, after, limit: pageSize + 1 });
  const more = found.length > pageSize;
  const page = found.slice(0, pageSize);
  if (upwards) page.reverse();
  const [first, last] = [page[0], page.at(-1)];
  const hasNewer = upwards ? more : before !== undefined;
  const hasOlder = upwards || more;
  return {
    rows: await withNames(ctx.db, page),
    newer: hasNewer ? (first?.cursor ?? null) : null,
    older: hasOlder ? (last?.cursor ?? null) : null,
  };
}

/** Rows older than `before`, newest first; or newer than `after`, oldest first. */
export function readEvents(
  db: Connection,
  conditions: SQL,
  { before, after, limit }: { before?: string | undefined; after?: string | undefined; limit: number },
) {
  const upwards = before === undefined && after !== undefined;
  const edge = before ?? after;
  const beyond =
    edge === undefined ? undefined : sql`(${at}, ${id}) ${upwards ? sql`>` : sql`<`} ${place(edge)}`;
  return db
    .select({ ...columns, cursor })
    .from(auditEvents)
    .where(and(conditions, beyond))
    .orderBy(upwards ? asc(at) : desc(at), upwards ? asc(id) : desc(id))
    .limit(limit);
}

const columns = {
  ...{ id, at, event: auditEvents.event, actorId: auditEvents.actorId, actorName: auditEvents.actorName },
  ...{ subjectId: auditEvents.subjectId, sessionId: auditEvents.sessionId, requestId: auditEvents.requestId },
  ...{ address: auditEvents.address, details: auditEvents.details },
};

function place(edge: string): SQL {
  const [micros = "0", row = "0"] = edge.split("-");
  return sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${row}::bigint)`;
}

/** The rows as they are shown, with the names of those whose accounts are there. */
async function withNames(db: Connection, rows: readonly EventRow[]): Promise<AuditRow[]> {
  const ids = new Set(rows.flatMap(({ actorId, subjectId }) => [actorId, subjectId]));
  const known = [...ids].filter((one) => one !== null);
  const people =
    known.length === 0
      ? []
      : await db
          .select({
            id: users.id,
            name: sql<string | null>`coalesce(${users.name}, ${users.username}, ${users.email})`,
          })
          .from(users)
          .where(inArray(users.id, known));
  const names = new Map(people.map((person) => [person.id, person.name]));
  const person = (one: string | null): AuditPerson | null =>
    one === null ? null : { id: one, name: names.get(one) ?? null };
  return rows.map(({ actorId, subjectId, ...row }) => ({
    ...{ at: row.at, event: row.event, actorName: row.actorName, address: row.address },
    ...{ requestId: row.requestId, sessionId: row.sessionId, details: row.details },
    id: String(row.id),
    actor: person(actorId),
    subject: person(subjectId),
  }));
}
