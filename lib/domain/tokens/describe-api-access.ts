import "server-only";
import { validToken } from "./access-token";
import { findGrant, type Grant } from "./grant";
import { isBackingOff } from "./renew-grant";
import { renewer } from "./renew-once";
import type { PersonContext } from "@/lib/domain/context";
import { apiAudience } from "@/lib/domain/issuer/api-audience";
import { mintAccessToken, permissionsAt } from "@/lib/domain/issuer/mint-access-token";
import { tokenLifetimeSeconds } from "@/lib/domain/issuer/key-policy";
import { environment } from "@/lib/env";
import type { ApiAccessView } from "@/lib/shared/api-access";

/** The person's access to the external API, without the token; null when no API is configured. Asks no provider. */
export async function describeApiAccess(ctx: PersonContext): Promise<ApiAccessView | null> {
  const { API_SERVER_URL } = environment();
  if (API_SERVER_URL === undefined) return null;
  const { viewer } = ctx.actor;
  const where = { api: new URL(API_SERVER_URL).origin, audience: apiAudience() };
  if (viewer.provider === null) {
    const { expiresAt } = await mintAccessToken(ctx, { viewer, audience: where.audience });
    return {
      ...where,
      issuer: { kind: "gatehouse", name: "Gatehouse" },
      state: "ready",
      scopes: permissionsAt(where.audience, viewer),
      expiresAt,
      renewedAt: new Date(expiresAt.getTime() - tokenLifetimeSeconds * 1000),
      renewable: false,
      disconnectable: false,
    };
  }
  const { id: provider, name } = viewer.provider;
  const grant = await findGrant(ctx.db, { sessionId: viewer.sessionId, provider });
  const live = grant?.row.endedAt === null ? grant.row : undefined;
  return {
    ...where,
    issuer: { kind: "provider", name },
    state: stateOf(grant, ctx.now()),
    scopes: live?.scope?.split(" ") ?? [],
    expiresAt: live?.expiresAt ?? null,
    renewedAt: live === undefined ? null : (live.refreshedAt ?? live.obtainedAt),
    renewable: grant !== null && renewer(grant) !== null,
    disconnectable: live !== undefined,
  };
}

function stateOf(grant: Grant | null, now: Date): ApiAccessView["state"] {
  if (grant?.row.endedAt !== null) return "disconnected";
  if (grant.accessToken === null && grant.refreshToken === null) return "disconnected";
  if (renewer(grant) !== null) return isBackingOff(grant.row, now) ? "delayed" : "ready";
  return validToken(grant, now) === null ? "expired" : "ready";
}
