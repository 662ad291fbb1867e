import "server-only";
import { validToken } from "./access-token";
import { findGrant } from "./grant";
import type { AccessTokenFailure } from "./get-access-token";
import { renewOnce } from "./renew-once";
import type { PersonContext } from "@/lib/domain/context";
import { failure, success, type Result } from "@/lib/shared/result";

/** A second press within this time finds the first one's token good enough. */
const pressIntervalMilliseconds = 5_000;

/** "Renew now": a new access token from the session's provider, however long the old one lasts. */
export async function renewAccess(
  ctx: PersonContext,
): Promise<Result<{ readonly expiresAt: Date | null }, { readonly code: AccessTokenFailure }>> {
  const { viewer } = ctx.actor;
  if (viewer.provider === null) return success({ expiresAt: null });
  const grant = await findGrant(ctx.db, { sessionId: viewer.sessionId, provider: viewer.provider.id });
  if (grant === null) return failure({ code: "reconnect" });
  const now = ctx.now();
  const { refreshedAt, expiresAt } = grant.row;
  const justRenewed =
    refreshedAt !== null && now.getTime() - refreshedAt.getTime() < pressIntervalMilliseconds;
  if (justRenewed && validToken(grant, now) !== null) return success({ expiresAt });
  const rejected = grant.accessToken ?? undefined;
  const renewal = await renewOnce(ctx, grant, { minimumValiditySeconds: 0, rejected });
  if (renewal.kind === "current") return success({ expiresAt: renewal.grant.row.expiresAt });
  return failure({ code: renewal.kind === "ended" ? "reconnect" : "temporarily_unavailable" });
}
