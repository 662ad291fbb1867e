import "server-only";
import { getTableColumns } from "drizzle-orm";
import { personTables, type Owner, type PersonTable } from "./person-data";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { failure, success, type Result } from "@/lib/shared/result";

/** The data of a person by table; bytes as base64. */
export type PersonData = Readonly<Record<string, unknown>>;

/** Everything that is kept about the person who asks, from one moment, without secrets. */
export async function collectPersonData(
  ctx: PersonContext,
): Promise<Result<PersonData, "authentication_not_recent">> {
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  const { userId, ...viewer } = ctx.actor.viewer;
  // An address that the person has not proved may be somebody else's.
  const email = viewer.emailVerified ? viewer.email : null;
  return inTransaction(ctx, async (tx) => {
    const data = await personDataOf(tx, { userId, email });
    await recordEvent(tx, {
      event: "user_updated",
      subjectId: userId,
      details: { change: "data_downloaded" },
    });
    return success(data);
  });
}

/** Everything that is kept about a person, without secrets. Call it in a transaction. */
export async function personDataOf(tx: PersonContext, owner: Owner): Promise<PersonData> {
  const data: Record<string, unknown> = { collectedAt: tx.now() };
  for (const [name, table] of Object.entries(personTables))
    data[name] = (await rowsOf(tx, table, owner)).map(readable);
  return data;
}

function rowsOf(
  tx: PersonContext,
  { table, rowsOf: which, give }: PersonTable,
  owner: Owner,
): Promise<Record<string, unknown>[]> {
  const given = Object.entries(getTableColumns(table)).filter(([, column]) => give.includes(column));
  return tx.db.select(Object.fromEntries(given)).from(table).where(which(owner));
}

function readable(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
    ]),
  );
}
