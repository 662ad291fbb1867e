import "server-only";
import { and, eq, gte, isNotNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { AuditFilter } from "./schemas";
import type { Connection } from "@/db/client";
import { auditEvents, users } from "@/db/schema";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The condition of a filter on the audit log; null when it names a person whom nobody is. People are named by id, user
 * name or proved e-mail address, exactly. What the log says of somebody whose account is gone is found by the id.
 */
export async function eventConditions(db: Connection, filter: AuditFilter): Promise<SQL | null> {
  const { at, actorId, actorName, subjectId, event, address } = auditEvents;
  const conditions: (SQL | undefined)[] = [];
  if (filter.who !== undefined) {
    const id = await idOf(db, filter.who);
    conditions.push(id === null ? eq(actorName, filter.who) : eq(actorId, id));
  }
  if (filter.whom !== undefined) {
    const id = await idOf(db, filter.whom);
    if (id === null) return null;
    conditions.push(eq(subjectId, id));
  }
  if (filter.event !== undefined) conditions.push(eq(event, filter.event));
  if (filter.address !== undefined) conditions.push(eq(address, filter.address));
  if (filter.from !== undefined) conditions.push(gte(at, new Date(`${filter.from}T00:00:00Z`)));
  if (filter.to !== undefined) conditions.push(lt(at, dayAfter(filter.to)));
  return and(...conditions) ?? sql`true`;
}

function dayAfter(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1_000);
}

async function idOf(db: Connection, named: string): Promise<string | null> {
  if (uuid.test(named)) return named.toLowerCase();
  const name = named.toLowerCase();
  const [person] = await db
    .select({ id: users.id })
    .from(users)
    .where(
      or(
        eq(sql`lower(${users.username})`, name),
        and(eq(sql`lower(${users.email})`, name), isNotNull(users.emailVerified)),
      ),
    )
    .limit(1);
  return person?.id ?? null;
}
