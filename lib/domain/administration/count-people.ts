import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { filterConditions, searchConditions } from "./people-conditions";
import type { PeopleQuery } from "./schemas";
import { unprepared } from "@/db/unprepared";
import type { PeopleTotal } from "@/lib/shared/people";

/** More than this are not counted one by one. */
const countedTo = 1_000;

/** How many people `query` names, of whom the planner expects `estimate`: counted where that is few. */
export async function countPeople(query: PeopleQuery, estimate: number): Promise<PeopleTotal> {
  if (estimate > countedTo) return { count: estimate, exact: false };
  const [counted] = await unprepared<{ count: number }>(
    sql`select count(*)::int as count from (${everyoneNamed(query)} limit ${sql.raw(String(countedTo + 1))}) as named`,
  );
  const count = counted?.count ?? 0;
  return { count, exact: count <= countedTo };
}

/** How many people the planner expects `query` to name. It reads statistics alone. */
export async function estimatePeople(query: PeopleQuery): Promise<number> {
  const [row] = await unprepared<Explained>(sql`explain (format json) ${everyoneNamed(query)}`);
  const answer = row?.["QUERY PLAN"];
  const plan = (typeof answer === "string" ? JSON.parse(answer) : answer) as Plans;
  return plan[0].Plan["Plan Rows"];
}

type Plans = readonly [{ readonly Plan: { readonly "Plan Rows": number } }];

interface Explained {
  readonly "QUERY PLAN": Plans | string;
}

function everyoneNamed(query: PeopleQuery): SQL {
  const arms = searchConditions(query.q).map(
    (found) => sql`select u.id from users u where ${filterConditions(query)} and ${found}`,
  );
  return sql.join(arms, sql` union `);
}
