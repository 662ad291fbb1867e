import "server-only";
import { resolveOidcUser } from "./resolve-oidc-user";
import { syncClaimedRoles } from "./sync-claimed-roles";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import { holdIdentity } from "@/lib/domain/linking/hold-identity";
import { createSession } from "@/lib/domain/sessions/create-session";
import { endReplacedSession, type SignedIn } from "@/lib/domain/sessions/end-replaced-session";
import { storeGrant, type GrantTokens } from "@/lib/domain/tokens/store-grant";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { failure, success, type Result } from "@/lib/shared/result";

interface Input {
  readonly identity: VerifiedIdentity;
  readonly tokens: GrantTokens;
  /** The session token that the browser held before; that session ends here (ASVS 7.2.4). */
  readonly previousToken: string | null;
}

/** Why a verified identity may not sign in. One whose e-mail address is somebody's waits for that person to connect it. */
export type SignInRefusal =
  { readonly code: "account_exists"; readonly pendingToken: string } | { readonly code: "account_suspended" };

/** Signs a verified identity in: user, identity, roles, session, grant and audit row in one transaction. */
export async function signInWithOidc(ctx: Context, input: Input): Promise<Result<SignedIn, SignInRefusal>> {
  try {
    return await attempt(ctx, input);
  } catch (error) {
    // Two first sign-ins of the same identity at once: the second finds what the first has made.
    if (isUniqueViolation(error, "accounts_issuer_subject_key", "users_verified_email_key"))
      return attempt(ctx, input);
    throw error;
  }
}

function attempt(
  ctx: Context,
  { identity, tokens, previousToken }: Input,
): Promise<Result<SignedIn, SignInRefusal>> {
  return inTransaction(ctx, async (tx) => {
    const user = await resolveOidcUser(tx, identity);
    if (!user.ok) {
      const { error } = user;
      const details = { reason: error.code, provider: identity.provider.id };
      await recordEvent(tx, { event: "authn_login_fail", subjectId: null, details });
      if (error.code === "account_suspended") return failure(error);
      const pendingToken = await holdIdentity(tx, { identity, tokens, userId: error.holderId });
      return failure({ code: error.code, pendingToken });
    }
    const userId = user.value;
    await syncClaimedRoles(tx, userId, identity);
    const replaced = await endReplacedSession(tx, previousToken);
    const { provider, issuer, subject, providerSessionId, acr, amr, confirmedAt } = identity;
    const authenticatedAt = confirmedAt ?? tx.now();
    const session = await createSession(tx, {
      userId,
      oidc: {
        provider: provider.id,
        ...{ issuer, subject, providerSessionId, acr, amr, authenticatedAt, confirmedAt },
      },
    });
    await storeGrant(tx, { sessionId: session.id, userId, provider, subject, tokens });
    // The provider may keep one grant for both sign-ins: revoking the old token there could end the new one.
    const released = replaced.filter((grant) => grant.provider !== provider.id);
    return success({ ...session, released });
  });
}
