import "server-only";
import { desc, eq } from "drizzle-orm";
import { auditEvents, users } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { coarseAddress } from "@/lib/domain/sessions/coarse-address";
import type { PersonEventView } from "@/lib/shared/people";

const shown = 15;

/** The newest rows of the audit log about a person. */
export async function listPersonEvents({ db }: Context, userId: string): Promise<readonly PersonEventView[]> {
  const rows = await db
    .select({ row: auditEvents, name: users.name, username: users.username })
    .from(auditEvents)
    .leftJoin(users, eq(users.id, auditEvents.actorId))
    .where(eq(auditEvents.subjectId, userId))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(shown);
  return rows.map(({ row, name, username }) => ({
    id: String(row.id),
    at: row.at,
    event: row.event,
    about: aboutOf(row.details),
    by:
      row.actorId === userId
        ? "themselves"
        : row.actorId === null
          ? "nobody"
          : { name: name ?? username ?? row.actorId },
    address: row.address === null ? null : coarseAddress(row.address),
  }));
}

function aboutOf(details: Readonly<Record<string, unknown>>): string | null {
  for (const name of ["change", "reason", "method", "role"])
    if (typeof details[name] === "string") return details[name].replaceAll("_", " ");
  return null;
}
