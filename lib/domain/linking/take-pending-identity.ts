import "server-only";
import { pendingFor } from "./pending-for";
import { pendingIdentities } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";

type PendingIdentity = typeof pendingIdentities.$inferSelect;

/**
 * Takes the identity that waits for the person who asks out of the table, in the statement that checks: it is used once
 * however often the form comes. Null when there is none for this person and this browser any more.
 */
export async function takePendingIdentity(tx: PersonContext, token: string): Promise<PendingIdentity | null> {
  const [row] = await tx.db.delete(pendingIdentities).where(pendingFor(tx, token)).returning();
  return row ?? null;
}
