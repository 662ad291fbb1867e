import "server-only";
import { lastsLongEnough, validToken, type AccessToken } from "./access-token";
import { findGrant } from "./grant";
import { renewer, renewOnce } from "./renew-once";
import type { PersonContext } from "@/lib/domain/context";
import { apiAudience } from "@/lib/domain/issuer/api-audience";
import { mintAccessToken } from "@/lib/domain/issuer/mint-access-token";
import { failure, success, type Result } from "@/lib/shared/result";

export type AccessTokenFailure = "reconnect" | "temporarily_unavailable";

interface Options {
  readonly minimumValiditySeconds?: number;
  /** The access token that the API refused although it looked valid: another one is fetched, once for all who ask. */
  readonly rejected?: string;
}

/** A provider that gave a token this short a time ago would only give the like of it again. */
const renewAtMostEveryMilliseconds = 30_000;

/**
 * The person's access token for the external API, good for `minimumValiditySeconds` where the provider allows. With a
 * provider's session it is the session's grant, renewed in time, once for all callers of all instances; with a password
 * session we issue it. `reconnect`: there is none any more, the person must sign in again. `temporarily_unavailable`:
 * the old one is over and the provider cannot renew it just now.
 */
export async function getAccessToken(
  ctx: PersonContext,
  { minimumValiditySeconds = 60, rejected }: Options = {},
): Promise<Result<AccessToken, { readonly code: AccessTokenFailure }>> {
  const { viewer } = ctx.actor;
  if (viewer.provider === null)
    return success(await mintAccessToken(ctx, { viewer, audience: apiAudience() }));
  const grant = await findGrant(ctx.db, { sessionId: viewer.sessionId, provider: viewer.provider.id });
  if (grant === null) return failure({ code: "reconnect" });
  const now = ctx.now();
  const valid = validToken(grant, now, rejected);
  if (valid !== null && (lastsLongEnough(grant, now, minimumValiditySeconds) || renewer(grant) === null))
    return success(valid);
  const age = now.getTime() - (grant.row.refreshedAt ?? grant.row.obtainedAt).getTime();
  if (rejected !== undefined && rejected === grant.accessToken && age < renewAtMostEveryMilliseconds)
    return failure({ code: "reconnect" });
  const renewal = await renewOnce(ctx, grant, { minimumValiditySeconds, rejected });
  if (renewal.kind === "ended") return failure({ code: "reconnect" });
  const renewed = validToken(renewal.kind === "current" ? renewal.grant : grant, ctx.now(), rejected);
  return renewed === null ? failure({ code: "temporarily_unavailable" }) : success(renewed);
}
