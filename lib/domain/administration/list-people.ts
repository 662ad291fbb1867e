import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { countPeople, estimatePeople } from "./count-people";
import { filterConditions, searchConditions } from "./people-conditions";
import { keyText, peopleOrders, readCursor, writeCursor, type Cursor } from "./people-order";
import type { PeopleQuery } from "./schemas";
import { unprepared } from "@/db/unprepared";
import { requirePermission } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import { providerName } from "@/lib/domain/oidc/provider-config";
import { pictureAddress } from "@/lib/routes-pictures";
import type { PeoplePage, PeopleSort, PersonRow } from "@/lib/shared/people";
import { shownName } from "@/lib/shared/shown-name";

const pageSize = 25;

/**
 * Up to so many are all found first and sorted then. More are walked in the order of the list until a page is full, which
 * is quick because there are many of them; among few the walk would pass nearly everybody. Among a million people the two
 * are even at about this number.
 */
const sortedTo = 5_000;

interface Row {
  readonly id: string;
  readonly key: string;
  readonly username: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly email_verified: boolean;
  readonly image: string | null;
  readonly status: "active" | "suspended";
  readonly deleting: boolean;
  readonly created_at: string;
  readonly last_seen_at: string | null;
  readonly roles: readonly string[];
  readonly password: boolean;
  readonly providers: readonly string[];
}

/**
 * One page of the people whom `query` names, and how many there are. A cursor that is none begins at the first page.
 * @throws {PermissionDenied}
 */
export async function listPeople(ctx: Context, query: PeopleQuery): Promise<PeoplePage> {
  requirePermission(ctx, "read:users");
  const estimate = await estimatePeople(query);
  const sort = possibleSort(query, estimate);
  const [page, total] = await Promise.all([
    readPage({ ...query, sort }, estimate),
    countPeople(query, estimate),
  ]);
  // The planner takes each filter by itself, and may expect many where there are none.
  const whole = page.previous === null && page.next === null;
  return { ...page, sort, total: whole ? { count: page.people.length, exact: true } : total };
}

/** Whoever is found by a common part of a name stands in one place of the order of names, and a walk may begin far from it. */
function possibleSort({ q, sort = "newest" }: PeopleQuery, estimate: number): PeopleSort {
  return q !== undefined && estimate > sortedTo && sort.startsWith("name") ? "newest" : sort;
}

async function readPage(
  query: PeopleQuery & { sort: PeopleSort },
  estimate: number,
): Promise<Pick<PeoplePage, "people" | "previous" | "next">> {
  const { sort, after, before } = query;
  const forward = after === undefined ? null : readCursor(after, sort);
  const backward = before === undefined || forward !== null ? null : readCursor(before, sort);
  const from = { cursor: forward ?? backward, backwards: backward !== null };
  const found = await unprepared<Row>(pageStatement(query, from, estimate));
  const rows = found.slice(0, pageSize);
  if (backward !== null) rows.reverse();
  const more = found.length > pageSize;
  const [first, last] = [rows[0], rows.at(-1)];
  const hasPrevious = backward === null ? forward !== null : more;
  const hasNext = backward === null ? more : true;
  return {
    people: rows.map(toPersonRow),
    previous: hasPrevious && first !== undefined ? writeCursor(first) : null,
    next: hasNext && last !== undefined ? writeCursor(last) : null,
  };
}

/** One row more than a page holds, from a cursor on; `estimate` says how many there are in all. */
export function pageStatement(
  query: PeopleQuery,
  { cursor, backwards }: { cursor: Cursor | null; backwards: boolean },
  estimate: number,
): SQL {
  const order = peopleOrders[query.sort ?? "newest"];
  const { key, type, descending } = order;
  const down = descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const beyond =
    cursor === null
      ? sql`true`
      : sql`(${key}, u.id) ${down ? sql`<` : sql`>`} (${cursor.key}::${type}, ${cursor.id}::uuid)`;
  const limit = sql.raw(String(pageSize + 1));
  const walked =
    estimate > sortedTo ? sql`order by ${key} ${direction}, u.id ${direction} limit ${limit}` : sql``;
  // Each way of being found by itself, so that each has its index; what both find counts once.
  const arms = searchConditions(query.q).map(
    (found) => sql`(select u.id, ${key} as key from users u
      where ${filterConditions(query)} and ${found} and ${beyond} ${walked})`,
  );
  return sql`
    with named as materialized (${sql.join(arms, sql` union `)}),
    page as (select id, key from named order by key ${direction}, id ${direction} limit ${limit})
    select u.id, ${keyText(order)} as key, u.username, u.name, u.email,
      u.email_verified_at is not null as email_verified, u.image, u.status,
      u.deletion_due_at is not null as deleting, u.created_at, u.last_seen_at,
      array(select distinct r.role from user_roles r where r.user_id = u.id order by r.role) as roles,
      exists (select from credentials c where c.user_id = u.id) as password,
      array(select distinct a.provider from accounts a where a.user_id = u.id order by a.provider) as providers
    from page join users u on u.id = page.id
    order by page.key ${direction}, u.id ${direction}`;
}

function toPersonRow(row: Row): PersonRow {
  const { id, username, name, email, roles, password } = row;
  return {
    ...{ id, name, username, email, roles, password },
    displayName: shownName(row),
    emailVerified: row.email_verified,
    picture: pictureAddress(row.image),
    status: row.deleting ? "deleting" : row.status,
    providers: row.providers.map(providerName),
    createdAt: new Date(row.created_at),
    lastSeenAt: row.last_seen_at === null ? null : new Date(row.last_seen_at),
  };
}
