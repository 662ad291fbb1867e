import { createRemoteJWKSet, decodeJwt, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import type { ApiSettings, TrustedIssuer } from "./settings";

/** Every algorithm is asymmetric: a token cannot be signed with something that is public. */
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];

/** The token cannot be checked right now: the issuer's keys do not arrive. Not the caller's fault. */
export class KeysUnavailable extends Error {}

/**
 * Makes the check of an access token (RFC 9068): signature by the keys of its own issuer alone, issuer on the list,
 * audience, expiry, type. Keys named in the token (jku, jwk, x5u) are never looked at. Rejects for any fault.
 */
export function tokenVerifier(settings: ApiSettings): (token: string) => Promise<JWTPayload> {
  const keySets = new Map<string, Promise<JWTVerifyGetKey>>();

  function keysOf(trusted: TrustedIssuer): Promise<JWTVerifyGetKey> {
    const known = keySets.get(trusted.issuer) ?? remoteKeys(trusted);
    keySets.set(trusted.issuer, known);
    known.catch(() => keySets.delete(trusted.issuer));
    return known;
  }

  return async (token) => {
    const { iss } = decodeJwt(token);
    const trusted = settings.issuers.find(({ issuer }) => issuer === iss);
    if (!trusted) throw new Error("the issuer is not trusted");
    const keys = await keysOf(trusted);
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: trusted.issuer,
      audience: settings.audience,
      algorithms,
      requiredClaims: ["exp"],
      clockTolerance: 5,
    });
    const type = protectedHeader.typ?.toLowerCase().replace(/^application\//, "");
    if (type !== "at+jwt" && type !== "jwt") throw new Error("the token is not an access token");
    return payload;
  };
}

async function remoteKeys({ issuer, jwksUri }: TrustedIssuer): Promise<JWTVerifyGetKey> {
  const keys = createRemoteJWKSet(new URL(jwksUri ?? (await discover(issuer))), {
    cooldownDuration: 1_000,
    timeoutDuration: 3_000,
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if ((error as { code?: string }).code === "ERR_JWKS_NO_MATCHING_KEY") throw error;
      throw new KeysUnavailable("the issuer's keys cannot be fetched", { cause: error });
    }
  };
}

async function discover(issuer: string): Promise<string> {
  try {
    const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const response = await fetch(address, { signal: AbortSignal.timeout(3_000) });
    const { jwks_uri: keys } = (await response.json()) as { jwks_uri?: unknown };
    if (typeof keys === "string") return keys;
  } catch (cause) {
    throw new KeysUnavailable("the issuer's discovery document cannot be fetched", { cause });
  }
  throw new KeysUnavailable("the issuer's discovery document names no keys");
}
