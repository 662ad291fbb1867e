import "server-only";
import { clockToleranceSeconds } from "./clock-tolerance";
import { providerMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { ProviderError, toProviderError } from "./provider-error";
import { isStorableText } from "@/lib/shared/storable-text";
import { verifySignature } from "./verify-id-token";

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";
/** A token counts for this long after `iat`, whatever its `exp`; so long it is remembered. */
const maxAgeSeconds = 10 * 60;
const allowedTypes = ["logout+jwt", "application/logout+jwt", "jwt"];

export interface LogoutToken {
  readonly issuer: string;
  readonly tokenId: string;
  readonly subject: string | null;
  readonly providerSessionId: string | null;
  /** After this time the token is refused for its age alone. */
  readonly rememberUntil: Date;
}

/**
 * Verifies a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.6): signature, `iss`, `aud`, `iat`, `exp`
 * when present, `jti`, the logout event, `sub` or `sid`, no `nonce`, and `typ` when it says anything.
 * @throws {ProviderError} `invalid_request`, or a failure to reach the provider's keys
 */
export async function verifyLogoutToken(
  provider: ProviderConfig,
  token: string,
  now: Date,
): Promise<LogoutToken> {
  try {
    const metadata = await providerMetadata(provider);
    const { payload, protectedHeader } = await verifySignature(provider, metadata, token, {
      issuer: provider.issuer,
      audience: provider.clientId,
      requiredClaims: ["iat", "jti"],
    });
    const { iat, jti, sub, sid } = payload as Record<string, unknown>;
    if (protectedHeader.typ !== undefined && !allowedTypes.includes(protectedHeader.typ.toLowerCase()))
      refuse("typ is not logout+jwt");
    if (!isRecord(payload["events"]) || !isRecord(payload["events"][logoutEvent])) refuse("no logout event");
    if (payload["nonce"] !== undefined) refuse("a nonce is forbidden");
    if (typeof jti !== "string" || jti.length === 0 || jti.length > 255 || !isStorableText(jti))
      refuse("jti is not a short string");
    const subject = shortText(sub);
    const providerSessionId = shortText(sid);
    if (subject === null && providerSessionId === null) refuse("neither sub nor sid");
    const issuedAt = iat as number;
    const nowSeconds = now.getTime() / 1000;
    if (issuedAt > nowSeconds + clockToleranceSeconds) refuse("iat is in the future");
    if (issuedAt < nowSeconds - maxAgeSeconds) refuse("the token is too old");
    return {
      issuer: provider.issuer,
      tokenId: jti,
      subject,
      providerSessionId,
      rememberUntil: new Date((issuedAt + maxAgeSeconds + clockToleranceSeconds) * 1000),
    };
  } catch (error) {
    throw toProviderError(error, "invalid_request");
  }
}

function shortText(value: unknown): string | null {
  return typeof value === "string" && value.length > 0 && value.length <= 255 && isStorableText(value)
    ? value
    : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(reason: string): never {
  throw new ProviderError("invalid_request", reason);
}
