import "server-only";
import { and, eq } from "drizzle-orm";
import { holdIdentity } from "./hold-identity";
import { accounts } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context, type PersonContext } from "@/lib/domain/context";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import type { GrantTokens } from "@/lib/domain/tokens/store-grant";
import { failure, success, type Result } from "@/lib/shared/result";

export interface Offered {
  readonly identity: VerifiedIdentity;
  readonly tokens: GrantTokens;
}

export type OfferRefusal = "identity_taken" | "identity_linked_already";

/**
 * Keeps an identity that the person who asks wants to connect until they confirm it: they may have been signed in at the
 * provider as somebody else. @returns the token that binds it to this browser.
 */
export function offerIdentity(ctx: PersonContext, offered: Offered): Promise<Result<string, OfferRefusal>> {
  return offerTo(ctx, ctx.actor.viewer, offered);
}

/** The same for the person of a session who is not here to ask. */
export function offerTo(
  ctx: Context,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
  { identity, tokens }: Offered,
): Promise<Result<string, OfferRefusal>> {
  return inTransaction(ctx, async (tx) => {
    const { issuer, subject, provider } = identity;
    const [known] = await tx.db
      .select({ userId: accounts.userId })
      .from(accounts)
      .where(and(eq(accounts.issuer, issuer), eq(accounts.subject, subject)));
    if (known?.userId === userId) return failure("identity_linked_already");
    if (known === undefined) return success(await holdIdentity(tx, { identity, tokens, userId }));
    const details = { reason: "identity_taken", provider: provider.id };
    await recordEvent(tx, { event: "authz_fail", subjectId: userId, sessionId, details });
    return failure("identity_taken");
  });
}
