import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { BulkTarget } from "./target-fields";
import { targetIds } from "./targets";
import { roles } from "@/db/schema";
import { unprepared } from "@/db/unprepared";
import { keepsAdministrator } from "@/lib/domain/access/last-administrator";
import { mayGive } from "@/lib/domain/access/may-give";
import { requirePermission } from "@/lib/domain/access/require-permission";
import { roleSources } from "@/lib/domain/access/role-sources";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { bulkPermissions, maxBulkPeople, type BulkOutcome, type BulkPreview } from "@/lib/shared/bulk";

const namesShown = 5;

interface Row {
  readonly outcome: BulkOutcome | "ready";
  readonly count: number;
  readonly names: readonly string[];
  readonly administrators: readonly string[];
}

/**
 * What a change to these people would do, of whom it would pass by whom and why. It changes nothing, and holds nothing: the
 * verbs decide again when each has their turn.
 * @throws {PermissionDenied}
 */
export async function previewBulk(ctx: PersonContext, target: BulkTarget): Promise<BulkPreview> {
  requirePermission(ctx, "read:users");
  requirePermission(ctx, bulkPermissions[target.kind]);
  const beyond = (await ctx.db.select().from(roles)).filter((role) => !mayGive(ctx, role));
  const rows = await unprepared<Row>(sql`
    with target as materialized (${targetIds(target)}),
    judged as (
      select u.id, coalesce(u.name, u.username, u.email, 'Somebody') as name, case
        when u.id = ${ctx.actor.viewer.userId}::uuid then 'own_account'
        when exists (select from user_roles r where r.user_id = u.id and r.source = any(${list(roleSources())}::text[])
          and r.role = any(${list(beyond.map(({ name }) => name))}::text[])) then 'beyond_own_permissions'
        when ${already(target)} then 'already'
        else 'ready' end as outcome
      from target join users u on u.id = target.id
    )
    select outcome, count(*)::int as count, (array_agg(name order by id))[1:${sql.raw(String(namesShown))}] as names,
      coalesce(array_agg(id) filter (where exists (
        select from user_roles r where r.user_id = judged.id and r.role = 'admin')), '{}') as administrators
    from judged group by outcome order by count(*) desc`);
  const ready = rows.find(({ outcome }) => outcome === "ready");
  const found = rows.reduce((sum, { count }) => sum + count, 0);
  const unknown = target.scope === "selected" ? new Set(target.ids).size - found : 0;
  return {
    ready: { count: ready?.count ?? 0, names: ready?.names ?? [] },
    skipped: [
      ...rows.flatMap(({ outcome, count, names }) =>
        outcome === "ready" ? [] : [{ outcome, count, names }],
      ),
      ...(unknown > 0 ? [{ outcome: "no_such_person" as const, count: unknown, names: [] }] : []),
    ],
    keepsLastAdministrator: !(await leavesAdministrator(ctx, target, ready?.administrators ?? [])),
    tooMany: found > maxBulkPeople,
  };
}

function already({ kind, changedRole = "" }: BulkTarget): SQL {
  const granted = sql`exists (select from user_roles r where r.user_id = u.id and r.role = ${changedRole} and r.source = 'granted')`;
  switch (kind) {
    case "suspend":
      return sql`u.status = 'suspended'`;
    case "grant-role":
      return granted;
    case "revoke-role":
      return sql`not ${granted}`;
    case "end-sessions":
      return sql`not exists (select from sessions s where s.user_id = u.id and s.revoked_at is null)`;
  }
}

async function leavesAdministrator(
  ctx: PersonContext,
  { kind, changedRole }: BulkTarget,
  userIds: readonly string[],
): Promise<boolean> {
  const removes = kind === "suspend" || (kind === "revoke-role" && changedRole === "admin");
  if (!removes || userIds.length === 0) return true;
  const leaving = kind === "suspend" ? { userIds } : { userIds, source: "granted" };
  return inTransaction(ctx, (tx) => keepsAdministrator(tx, leaving));
}

function list(values: readonly string[]): string {
  return `{${values.map((value) => JSON.stringify(value)).join(",")}}`;
}
