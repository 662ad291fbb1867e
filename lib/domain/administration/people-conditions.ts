import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { PeopleQuery } from "./schemas";
import { searchedSubject, searchedText } from "@/db/searched-text";
import { roleSources } from "@/lib/domain/access/role-sources";

/** What `filter` asks of a row `u` of `users`, but for the search. */
export function filterConditions(filter: PeopleQuery): SQL {
  const { role, status, verified, method, createdFrom, createdTo, seenFrom, seenTo } = filter;
  const conditions = [sql`true`];
  if (role !== undefined)
    conditions.push(
      sql`exists (select from user_roles r where r.user_id = u.id and r.role = ${role} and r.source = any(${`{${roleSources().join(",")}}`}))`,
    );
  if (status !== undefined) conditions.push(statusConditions[status]);
  if (verified !== undefined)
    conditions.push(
      verified === "yes" ? sql`u.email_verified_at is not null` : sql`u.email_verified_at is null`,
    );
  if (method !== undefined) conditions.push(methodCondition(method));
  // Follows from the two, and is what the database knows the number of.
  if (verified === "no" && method !== undefined && method !== "password")
    conditions.push(sql`u.unproved_identity`);
  if (createdFrom !== undefined) conditions.push(sql`u.created_at >= ${createdFrom}::date`);
  if (createdTo !== undefined) conditions.push(sql`u.created_at < ${createdTo}::date + 1`);
  if (seenFrom !== undefined) conditions.push(sql`${lastSeen} >= ${seenFrom}::date`);
  if (seenTo !== undefined) {
    conditions.push(sql`${lastSeen} < ${seenTo}::date + 1 and ${lastSeen} > '-infinity'::timestamptz`);
    // Follows from it, and spares a walk from the newest through all who came later.
    conditions.push(sql`u.created_at < ${seenTo}::date + 1`);
  }
  return sql.join(conditions, sql` and `);
}

/** As the index has it; never seen is before everything. */
export const lastSeen = sql`coalesce(u.last_seen_at, '-infinity'::timestamptz)`;

const statusConditions = {
  active: sql`u.status = 'active' and u.deletion_due_at is null`,
  suspended: sql`u.status = 'suspended'`,
  deleting: sql`u.deletion_due_at is not null`,
};

function methodCondition(method: string): SQL {
  if (method === "password") return sql`exists (select from credentials c where c.user_id = u.id)`;
  return sql`exists (select from accounts a where a.user_id = u.id and a.provider = ${method})`;
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Fewer characters hold no trigram, except at the beginning of a word. */
const shortestPart = 3;
/** Fewer characters stand by chance in too many subjects, which are numbers and digests for the most part. */
const shortestPartOfSubject = 6;

/**
 * The conditions of which one must hold for a person to be found by `q`. Each has an index of its own, so each is a query
 * of its own: one `or` over both would read everybody. A short `q` is looked for where a field or a word of it begins, and
 * as a whole subject.
 */
export function searchConditions(q: string | undefined): readonly SQL[] {
  if (q === undefined) return [sql`true`];
  const subject = q.length < shortestPartOfSubject ? like(q, ["\n", ""]) : like(q, ["%", "%"]);
  const bySubject = sql`exists (
    select from accounts a where a.user_id = u.id and ${sql.raw(searchedSubject("a"))} like ${subject})`;
  if (uuid.test(q)) return [sql`u.id = ${q}::uuid`, bySubject];
  const patterns =
    q.length < shortestPart ? [like(q, ["%\n", "%"]), like(q, ["% ", "%"])] : [like(q, ["%", "%"])];
  const each = patterns.map((pattern) => sql`${sql.raw(searchedText("u"))} like ${pattern}`);
  return [sql`(${sql.join(each, sql` or `)})`, bySubject];
}

function like(q: string, [before, behind]: readonly [string, string]): string {
  return before + q.toLowerCase().replace(/[\\%_]/g, "\\$&") + behind;
}
