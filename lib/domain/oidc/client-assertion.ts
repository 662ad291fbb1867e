import "server-only";
import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { ProviderMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { ProviderError } from "./provider-error";
import type { PrivateKey } from "@/lib/env-private-key";

const lifetimeSeconds = 60;

/**
 * Proves to `endpoint` that we are the client (RFC 7523 section 3). By draft-ietf-oauth-rfc7523bis the issuer is the
 * only audience and the type is explicit; the older form, for providers that insist on it, names the token endpoint and
 * goes to its origin alone.
 * @throws {ProviderError} `provider_answer_invalid` when the metadata allows no algorithm that the key has, or would
 * carry an assertion of the older form elsewhere.
 */
export function clientAssertion(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  { key, header, ...privateKey }: PrivateKey,
  endpoint: string,
): Promise<string> {
  const older = provider.assertionAudience === "token_endpoint";
  if (older && new URL(endpoint).origin !== new URL(metadata.token_endpoint).origin)
    throw new ProviderError("provider_answer_invalid", `${endpoint} is elsewhere than the token endpoint`);
  const alg = assertionAlgorithm(privateKey.algorithms, metadata);
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ ...header, alg, typ: older ? "JWT" : "client-authentication+jwt" })
    .setIssuer(provider.clientId)
    .setSubject(provider.clientId)
    .setAudience(older ? metadata.token_endpoint : provider.issuer)
    .setIssuedAt()
    .setExpirationTime(`${String(lifetimeSeconds)} s`)
    .sign(key);
}

function assertionAlgorithm(possible: PrivateKey["algorithms"], metadata: ProviderMetadata): string {
  const accepted = metadata.token_endpoint_auth_signing_alg_values_supported;
  const alg = accepted === undefined ? possible[0] : possible.find((name) => accepted.includes(name));
  if (alg !== undefined) return alg;
  throw new ProviderError(
    "provider_answer_invalid",
    `the provider accepts assertions signed with ${accepted?.join(", ").slice(0, 200) ?? ""}, the key has ${possible.join(", ")}`,
  );
}
