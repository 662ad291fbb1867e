import "server-only";
import { asc, eq } from "drizzle-orm";
import { accounts, sessions } from "@/db/schema";
import { isWayIn, waysIn } from "./ways-in";
import type { PersonContext } from "@/lib/domain/context";
import { readPersonClaims } from "@/lib/domain/oidc/person-claims";
import { providerName } from "@/lib/domain/oidc/provider-config";
import type { IdentityView } from "@/lib/shared/views";

/** The identities of the person who asks, the oldest first. */
export async function listIdentities(ctx: PersonContext): Promise<readonly IdentityView[]> {
  const { userId, sessionId } = ctx.actor.viewer;
  const [rows, ways, current] = await Promise.all([
    ctx.db.select().from(accounts).where(eq(accounts.userId, userId)).orderBy(asc(accounts.createdAt)),
    waysIn(ctx, userId),
    ctx.db
      .select({ issuer: sessions.issuer, subject: sessions.subject })
      .from(sessions)
      .where(eq(sessions.id, sessionId)),
  ]);
  return rows.map((row) => ({
    id: row.id,
    providerName: providerName(row.provider),
    subject: row.subject,
    email: readPersonClaims(row.claims).email,
    linkedAt: row.createdAt,
    lastUsedAt: row.lastSignedInAt,
    current: current[0]?.issuer === row.issuer && current[0].subject === row.subject,
    offered: isWayIn(row),
    last: ways.password ? false : ways.identities.every((id) => id === row.id),
  }));
}
