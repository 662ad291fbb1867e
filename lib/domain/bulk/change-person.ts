import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { type bulkJobs, sessions } from "@/db/schema";
import { holdBoth, type ActionFault } from "@/lib/domain/administration/act-on";
import { changeRole } from "@/lib/domain/administration/change-role";
import { endPersonSessions } from "@/lib/domain/administration/end-person-sessions";
import { suspendPerson } from "@/lib/domain/administration/suspend-person";
import type { PersonContext } from "@/lib/domain/context";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { success, type Result } from "@/lib/shared/result";

export type Job = typeof bulkJobs.$inferSelect;

export interface Changed {
  readonly outcome: "done" | "already";
  /** What is left to revoke at the providers. */
  readonly released: readonly ReleasedGrant[];
}

const already: Changed = { outcome: "already", released: [] };

/**
 * Does to one person what a job is about, by the verb that does it from the person's own page. Whether it is so already is
 * read once nobody else can change it: of two jobs that come to the same person, one does it. Call it in a transaction.
 * @throws {PermissionDenied}
 */
export async function changePerson(
  tx: PersonContext,
  { kind, role, reason, suspendedUntil }: Job,
  userId: string,
): Promise<Result<Changed, ActionFault | "last_administrator" | "no_such_role">> {
  switch (kind) {
    case "suspend":
      if ((await holdBoth(tx, userId)).get(userId)?.status === "suspended") return success(already);
      return changed(await suspendPerson(tx, { userId, reason: reason ?? "", until: suspendedUntil }));
    case "end-sessions":
      await holdBoth(tx, userId);
      if (!(await isSignedIn(tx, userId))) return success(already);
      return changed(await endPersonSessions(tx, { userId, sessionId: null }));
    case "grant-role":
    case "revoke-role": {
      const change = kind === "grant-role" ? "grant" : "revoke";
      const done = await changeRole(tx, { userId, role: role ?? "", change });
      return done.ok ? success(done.value ? { outcome: "done", released: [] } : already) : done;
    }
  }
}

function changed<Fault>(done: Result<readonly ReleasedGrant[], Fault>): Result<Changed, Fault> {
  return done.ok ? success({ outcome: "done", released: done.value }) : done;
}

async function isSignedIn({ db }: PersonContext, userId: string): Promise<boolean> {
  const found = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
    .limit(1);
  return found.length > 0;
}
