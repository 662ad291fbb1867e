import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { BulkTarget } from "./target-fields";
import { filterConditions, searchConditions } from "@/lib/domain/administration/people-conditions";
import { maxBulkPeople } from "@/lib/shared/bulk";

/** The ids of those whom a target names, as a query; one more than are changed at once, to see that there are too many. */
export function targetIds(target: BulkTarget): SQL {
  const limit = sql.raw(String(maxBulkPeople + 1));
  if (target.scope === "selected")
    return sql`select u.id from users u where u.id = any(${`{${target.ids.join(",")}}`}::uuid[]) limit ${limit}`;
  const arms = searchConditions(target.q).map(
    (found) => sql`select u.id from users u where ${filterConditions(target)} and ${found}`,
  );
  return sql`select id from (${sql.join(arms, sql` union `)}) as named limit ${limit}`;
}
