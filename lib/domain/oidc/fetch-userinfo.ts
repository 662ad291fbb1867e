import "server-only";
import { z } from "zod";
import type { ProviderMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { ProviderError, toProviderError } from "./provider-error";
import { verifySignature } from "./verify-id-token";
import { boundedFetch } from "@/lib/platform/http/bounded-fetch";

const userinfoSchema = z.looseObject({ sub: z.string() });

/**
 * The UserInfo claims (OpenID Connect Core 5.3), plain or signed, of the subject that the ID token names. Without a
 * UserInfo endpoint, which is optional, or where the configuration says not to ask it, there are none.
 * @throws {ProviderError} `userinfo_invalid`, or a failure to reach the provider
 */
export async function fetchUserinfo(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  accessToken: string,
  subject: string,
): Promise<Record<string, unknown>> {
  if (!provider.userinfo || metadata.userinfo_endpoint === undefined) return {};
  try {
    const response = await boundedFetch(metadata.userinfo_endpoint, {
      headers: { authorization: `Bearer ${accessToken}`, accept: "application/json, application/jwt" },
    });
    if (response.status >= 500)
      throw new ProviderError("provider_unavailable", `UserInfo answered ${String(response.status)}`);
    if (response.status !== 200)
      throw new ProviderError("userinfo_invalid", `UserInfo answered ${String(response.status)}`);
    const signed = response.headers.get("content-type")?.toLowerCase().includes("application/jwt") === true;
    const answer: unknown = signed
      ? await readSigned(provider, metadata, await response.text())
      : await response.json();
    const claims = userinfoSchema.parse(answer);
    if (claims.sub !== subject)
      throw new ProviderError("userinfo_invalid", "UserInfo names another subject than the ID token");
    return claims;
  } catch (error) {
    throw toProviderError(error, "userinfo_invalid");
  }
}

/** `iss` and `aud` SHOULD be in signed claims (section 5.3.2); where they are, they are the provider and us. */
async function readSigned(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  jwt: string,
): Promise<unknown> {
  const advertised = metadata.userinfo_signing_alg_values_supported;
  const { payload } = await verifySignature(provider, metadata, jwt, { requiredClaims: [] }, advertised);
  if (payload.iss !== undefined && payload.iss !== provider.issuer)
    throw new ProviderError("userinfo_invalid", "signed UserInfo is of another issuer");
  if (payload.aud !== undefined && ![payload.aud].flat().includes(provider.clientId))
    throw new ProviderError("userinfo_invalid", "signed UserInfo is for another client");
  return payload;
}
