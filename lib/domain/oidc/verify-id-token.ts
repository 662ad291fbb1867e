import "server-only";
import { createHash } from "node:crypto";
import { errors, jwtVerify, type JWTPayload } from "jose";
import { clockToleranceSeconds } from "./clock-tolerance";
import type { ProviderConfig } from "./provider-config";
import { ProviderError, toProviderError } from "./provider-error";
import type { ProviderMetadata } from "./metadata";
import { providerKeys } from "./provider-keys";

const asymmetric = ["RS", "PS", "ES"].flatMap((family) => ["256", "384", "512"].map((bits) => family + bits));
const allowedAlgorithms = [...asymmetric, "EdDSA", "Ed25519"];
const subjectShape = /^[\x20-\x7e]{1,255}$/;

export type IdTokenClaims = JWTPayload & { readonly iss: string; readonly sub: string; readonly iat: number };

/** Whether a value can be a subject: 1 to 255 ASCII characters (OpenID Connect Core section 2), printable ones here. */
export function isSubject(value: unknown): value is string {
  return typeof value === "string" && subjectShape.test(value);
}

/**
 * Verifies an ID token by OpenID Connect Core 3.1.3.7: signature first, by keys of the discovered JWKS alone (`jku`,
 * `x5u` and `jwk` in the header are ignored), then `iss`, `aud`, `azp`, `exp`, `iat`, `nbf`, `sub` and, when present,
 * `at_hash`. The nonce is checked where the transaction is.
 * @throws {ProviderError} `id_token_invalid`, or a failure to reach the keys.
 */
export async function verifyIdToken(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  idToken: string,
  accessToken?: string,
): Promise<IdTokenClaims> {
  try {
    const { payload, protectedHeader } = await verifySignature(provider, metadata, idToken, {
      issuer: provider.issuer,
      audience: provider.clientId,
      requiredClaims: ["sub", "iat", "exp"],
    });
    if (!isSubject(payload.sub)) refuse("sub is not 1 to 255 printable ASCII characters");
    if ((payload.iat ?? Infinity) > Date.now() / 1000 + clockToleranceSeconds) refuse("iat is in the future");
    const authorizedParty = payload["azp"];
    if (authorizedParty !== undefined && authorizedParty !== provider.clientId)
      refuse("azp is another client");
    if (Array.isArray(payload.aud) && payload.aud.length > 1 && authorizedParty === undefined)
      refuse("several audiences without azp");
    const hash = payload["at_hash"];
    if (
      hash !== undefined &&
      accessToken !== undefined &&
      hash !== accessTokenHash(accessToken, protectedHeader.alg)
    )
      refuse("at_hash does not match the access token");
    return payload as IdTokenClaims;
  } catch (error) {
    throw toProviderError(error, "id_token_invalid");
  }
}

/**
 * Verifies the signature and the given claims of any JWT of this provider (ID token, signed UserInfo, logout token) by
 * the asymmetric algorithms that it advertises for it, or by the one that the configuration pins.
 * @throws jose's errors and {@link ProviderError}
 */
export async function verifySignature(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  jwt: string,
  claims: { readonly issuer?: string; readonly audience?: string; readonly requiredClaims: string[] },
  advertised = metadata.id_token_signing_alg_values_supported ?? ["RS256"],
): Promise<{ payload: JWTPayload; protectedHeader: { alg: string; typ?: string } }> {
  const options = { ...claims, clockTolerance: clockToleranceSeconds };
  const pinned = provider.idTokenAlgorithm;
  if (pinned?.startsWith("HS") === true)
    return jwtVerify(jwt, new TextEncoder().encode(provider.clientSecret ?? ""), {
      ...options,
      algorithms: [pinned],
    });
  const algorithms = acceptedAlgorithms(provider, advertised);
  const keys = providerKeys(metadata.jwks_uri);
  try {
    return await jwtVerify(jwt, keys, { ...options, algorithms });
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    // A token without kid while several keys could have signed it: each is tried.
    for await (const key of error) {
      try {
        return await jwtVerify(jwt, key, { ...options, algorithms });
      } catch (attempt) {
        if (!(attempt instanceof errors.JWSSignatureVerificationFailed)) throw attempt;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** What a token of this provider may be signed with: the one that is pinned, else what is advertised and asymmetric. */
export function acceptedAlgorithms(
  { idTokenAlgorithm }: ProviderConfig,
  advertised: readonly string[],
): string[] {
  return idTokenAlgorithm === undefined
    ? allowedAlgorithms.filter((name) => advertised.includes(name))
    : [idTokenAlgorithm];
}

/** OpenID Connect Core 3.1.3.6: the left half of the hash that the signature algorithm names. */
function accessTokenHash(accessToken: string, algorithm: string): string {
  const bits = /(256|384|512)$/.exec(algorithm)?.[1] ?? "512";
  const digest = createHash(`sha${bits}`).update(accessToken, "ascii").digest();
  return digest.subarray(0, digest.length / 2).toString("base64url");
}

function refuse(reason: string): never {
  throw new ProviderError("id_token_invalid", reason);
}
