import "server-only";
import { and, eq, gt } from "drizzle-orm";
import { pendingIdentities } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { tokenDigest } from "@/lib/platform/crypto/token";

/** The condition on the identity that waits for the person who asks, in this browser, and has not waited too long. */
export function pendingFor(ctx: PersonContext, token: string) {
  return and(
    eq(pendingIdentities.tokenDigest, tokenDigest(token)),
    eq(pendingIdentities.userId, ctx.actor.viewer.userId),
    gt(pendingIdentities.expiresAt, ctx.now()),
  );
}
