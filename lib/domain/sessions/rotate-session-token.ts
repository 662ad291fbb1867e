import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { sessions } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { randomToken, tokenDigest } from "@/lib/platform/crypto/token";

/**
 * Gives a session a new token; the old one stops working (RFC 9700 section 4.14.2). Null when the old one was used
 * already, or the session has ended. Of several callers at once one gets it.
 */
export async function rotateSessionToken(ctx: Context, token: string): Promise<string | null> {
  const next = randomToken();
  const [row] = await ctx.db
    .update(sessions)
    .set({ tokenDigest: tokenDigest(next), lastSeenAt: ctx.now() })
    .where(and(eq(sessions.tokenDigest, tokenDigest(token)), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  return row === undefined ? null : next;
}
