import "server-only";
import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { clockToleranceSeconds } from "@/lib/domain/oidc/clock-tolerance";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import { renewSession } from "@/lib/domain/sessions/renew-session";
import { findGrant } from "@/lib/domain/tokens/grant";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { storeGrant, type GrantTokens } from "@/lib/domain/tokens/store-grant";
import { failure, success, type Result } from "@/lib/shared/result";

interface Input {
  readonly identity: VerifiedIdentity;
  readonly tokens: GrantTokens;
  /** The token that the browser holds. */
  readonly token: string;
  /** When the person was sent to the provider. */
  readonly startedAt: Date;
}

export type ConfirmRefusal = "confirmed_as_another" | "confirmed_too_long_ago" | "session_ended";

interface Confirmed {
  readonly token: string;
  /** Grants that nobody keeps, to revoke at their provider. */
  readonly released: readonly ReleasedGrant[];
}

/**
 * Confirms at a provider that the person is still the one who signed in: the identity must be theirs and its
 * `auth_time` later than the question (OpenID Connect Core 3.1.2.1, `max_age`; ASVS 6.8.4). The session gets a new token.
 * When the session was opened with this identity, its grant gets the new tokens.
 */
export async function confirmWithOidc(
  ctx: PersonContext,
  { identity, tokens, token, startedAt }: Input,
): Promise<Result<Confirmed, ConfirmRefusal>> {
  const { issuer, subject, provider, confirmedAt } = identity;
  const { userId, sessionId } = ctx.actor.viewer;
  return inTransaction(ctx, async (tx) => {
    const [own] = await tx.db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.userId, userId), eq(accounts.issuer, issuer), eq(accounts.subject, subject)));
    if (own === undefined) return refuse(tx, "confirmed_as_another");
    const earliest = startedAt.getTime() - clockToleranceSeconds * 1000;
    if (confirmedAt === null || confirmedAt.getTime() < earliest) return refuse(tx, "confirmed_too_long_ago");
    const renewed = await renewSession(tx, { token, confirmedAt, method: "oidc" });
    if (renewed === null) return failure("session_ended");
    const keeps =
      renewed.issuer === issuer && renewed.subject === subject && !(await isDisconnected(tx, provider.id));
    if (keeps) await storeGrant(tx, { sessionId, userId, provider, subject, tokens });
    const unkept = {
      provider: provider.id,
      issuer,
      refreshToken: tokens.refreshToken ?? null,
      idToken: null,
    };
    return success({ token: renewed.token, released: keeps ? [] : [unkept] });
  });
}

/** Whoever took the API access away does not give it back by a confirmation. */
async function isDisconnected(tx: PersonContext, provider: string): Promise<boolean> {
  const grant = await findGrant(tx.db, { sessionId: tx.actor.viewer.sessionId, provider });
  return grant?.row.endedReason === "disconnected";
}

async function refuse(
  tx: PersonContext,
  reason: "confirmed_as_another" | "confirmed_too_long_ago",
): Promise<Result<never, ConfirmRefusal>> {
  const { userId, sessionId } = tx.actor.viewer;
  await recordEvent(tx, {
    event: "authn_login_fail",
    subjectId: userId,
    sessionId,
    details: { method: "oidc", reason },
  });
  return failure(reason);
}
