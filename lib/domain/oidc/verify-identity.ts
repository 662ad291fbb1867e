import "server-only";
import { boundClaims } from "./bound-claims";
import { clockToleranceSeconds } from "./clock-tolerance";
import { fetchUserinfo } from "./fetch-userinfo";
import { providerMetadata } from "./metadata";
import { readPersonClaims, type PersonClaims } from "./person-claims";
import type { ProviderConfig } from "./provider-config";
import { ProviderError } from "./provider-error";
import { isStorableText } from "@/lib/shared/storable-text";
import { tokenShape } from "./token-shape";
import { verifyIdToken, type IdTokenClaims } from "./verify-id-token";

/** Who a provider says has signed in, with everything about the answer verified. */
export interface VerifiedIdentity {
  readonly provider: ProviderConfig;
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Record<string, unknown>;
  readonly person: PersonClaims;
  readonly providerSessionId: string | null;
  readonly acr: string | null;
  readonly amr: string[] | null;
  /** When the person last proved who they are at the provider, claim `auth_time`; null when it did not say. */
  readonly confirmedAt: Date | null;
}

/** Of the token endpoint's answer (RFC 6749 section 5.1), what a sign-in needs. */
interface AnsweredTokens {
  readonly idToken: string | undefined;
  readonly accessToken: string | undefined;
  readonly tokenType: string | undefined;
}

/**
 * Verifies the tokens of an authorization code exchange and merges UserInfo. The identity (issuer, subject) comes from
 * the verified ID token alone.
 * @throws {ProviderError}
 */
export async function verifyIdentity(
  provider: ProviderConfig,
  tokens: AnsweredTokens,
): Promise<VerifiedIdentity> {
  if (tokens.idToken === undefined || tokens.accessToken === undefined)
    throw new ProviderError("provider_answer_invalid", "the token answer lacks a token");
  // A token of another type must not be used (RFC 6749 section 7.1).
  if (tokens.tokenType?.toLowerCase() !== "bearer")
    throw new ProviderError("provider_answer_invalid", "the access token is no bearer token");
  if (!tokenShape.test(tokens.accessToken))
    throw new ProviderError(
      "provider_answer_invalid",
      "the access token is not printable ASCII, or too long",
    );
  const metadata = await providerMetadata(provider);
  const idToken = await verifyIdToken(provider, metadata, tokens.idToken, tokens.accessToken);
  const userinfo = await fetchUserinfo(provider, metadata, tokens.accessToken, idToken.sub);
  const claims = boundClaims(userinfo, idToken);
  return {
    provider,
    issuer: idToken.iss,
    subject: idToken.sub,
    claims,
    person: readPersonClaims(claims),
    providerSessionId: shortText(idToken["sid"]),
    acr: shortText(idToken["acr"]),
    amr: Array.isArray(idToken["amr"])
      ? idToken["amr"].map(shortText).filter((method) => method !== null)
      : null,
    confirmedAt: authenticationTime(idToken),
  };
}

function shortText(value: unknown): string | null {
  return typeof value === "string" && value.length > 0 && value.length <= 255 && isStorableText(value)
    ? value
    : null;
}

/** `auth_time`, as far as clocks agree; null when it is missing or no time of the past. Some providers send 0. */
function authenticationTime(idToken: IdTokenClaims): Date | null {
  const seconds = idToken["auth_time"];
  const now = Date.now();
  if (typeof seconds !== "number" || !(seconds > 0) || seconds * 1000 > now + clockToleranceSeconds * 1000)
    return null;
  return new Date(Math.min(seconds * 1000, now));
}
