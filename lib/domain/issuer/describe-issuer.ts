import "server-only";
import { ownIssuer } from "./api-audience";
import { publishedKeys } from "./signing-keys";
import { wellKnownPaths } from "@/lib/routes";
import { permissions } from "@/lib/shared/permissions";

/** The JWKS of this issuer (RFC 7517 section 5): public keys alone, the ones to come included. */
export async function describeKeys(now: Date): Promise<{ keys: Record<string, string>[] }> {
  const keys = await publishedKeys(now);
  return {
    keys: keys.map(({ kid, algorithm, publicJwk }) => ({ ...publicJwk, kid, alg: algorithm, use: "sig" })),
  };
}

/**
 * Metadata of this issuer (RFC 8414 section 2). It has no authorization and no token endpoint, hence no response type
 * and no grant type: tokens are made for signed-in people inside the application.
 */
export function describeIssuer() {
  const issuer = ownIssuer();
  return {
    issuer,
    jwks_uri: new URL(wellKnownPaths.jwks, issuer).href,
    scopes_supported: permissions,
    response_types_supported: [],
    grant_types_supported: [],
  };
}
