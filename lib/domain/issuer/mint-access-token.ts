import "server-only";
import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { ownIssuer } from "./api-audience";
import { tokenLifetimeSeconds } from "./key-policy";
import { currentSigningKey } from "./signing-keys";
import type { Context } from "@/lib/domain/context";
import type { AccessToken } from "@/lib/domain/tokens/access-token";
import { SingleFlight } from "@/lib/platform/single-flight";
import { apiPermissions, type Permission } from "@/lib/shared/permissions";
import type { Viewer } from "@/lib/shared/views";

type Minted = AccessToken & { readonly expiresAt: Date };

const renewBeforeMilliseconds = 60_000;
const maxCached = 10_000;

/** In the order of minting, which is the order of expiry: the oldest is the first to go. */
const minted = new Map<string, Minted>();
const flights = new SingleFlight<Minted>();

/**
 * An access token of ours (RFC 9068: `at+jwt`, ES256, five minutes) for a person and an audience. It says what the
 * person may do there now and names their session, with which it ends at our own API. The same token serves until a minute
 * before its end.
 */
export async function mintAccessToken(
  ctx: Pick<Context, "now">,
  { viewer, audience }: { viewer: Viewer; audience: string },
): Promise<Minted> {
  const permissions = permissionsAt(audience, viewer);
  const name = JSON.stringify([viewer.sessionId, audience, permissions]);
  const now = ctx.now();
  const cached = minted.get(name);
  if (cached !== undefined && cached.expiresAt.getTime() - now.getTime() > renewBeforeMilliseconds)
    return cached;
  return flights.run(name, async () => {
    const token = await sign(viewer, { audience, permissions }, now);
    minted.delete(name);
    minted.set(name, token);
    const [oldest] = minted.keys();
    if (minted.size > maxCached && oldest !== undefined) minted.delete(oldest);
    return token;
  });
}

/** What a token for this audience says that its bearer may do: whoever gets hold of one learns no more than that API has to know. */
export function permissionsAt(audience: string, { permissions }: Viewer): readonly Permission[] {
  return audience === ownIssuer() ? permissions : permissions.filter((one) => apiPermissions.includes(one));
}

interface For {
  readonly audience: string;
  readonly permissions: readonly Permission[];
}

async function sign(viewer: Viewer, { audience, permissions }: For, now: Date): Promise<Minted> {
  const { kid, key } = await currentSigningKey(now);
  const issuedAt = Math.floor(now.getTime() / 1000);
  const scope = permissions.join(" ");
  const token = await new SignJWT({
    client_id: "gatehouse",
    scope,
    permissions: [...permissions],
    sid: viewer.sessionId,
    auth_time: Math.floor((viewer.confirmedAt ?? viewer.authenticatedAt).getTime() / 1000),
  })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid })
    .setIssuer(ownIssuer())
    .setAudience(audience)
    .setSubject(viewer.userId)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + tokenLifetimeSeconds)
    .sign(key);
  return { token, scope, expiresAt: new Date((issuedAt + tokenLifetimeSeconds) * 1000) };
}
