import "server-only";
import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";

/** Gives the person who asks another name, or none. From then on no provider changes it. */
export function changeName(ctx: PersonContext, { name }: { name: string | null }): Promise<void> {
  const { userId } = ctx.actor.viewer;
  return inTransaction(ctx, async (tx) => {
    await tx.db.update(users).set({ name, ownName: true, updatedAt: tx.now() }).where(eq(users.id, userId));
    await recordEvent(tx, { event: "user_updated", subjectId: userId, details: { change: "name" } });
  });
}
