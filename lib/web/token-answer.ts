import "server-only";
import { apiFailure, apiSuccess } from "./api-answer";
import type { Context } from "@/lib/domain/context";
import { ownIssuer } from "@/lib/domain/issuer/api-audience";
import { mintAccessToken } from "@/lib/domain/issuer/mint-access-token";
import { findSession } from "@/lib/domain/sessions/find-session";
import { environment } from "@/lib/env";
import { openSignedValue, signValue } from "@/lib/platform/crypto/signed-value";

/** A session cookie is no refresh token, and a refresh token is no session cookie. */
const refreshTokenContext = "gatehouse refresh token v1";

/**
 * The tokens of a session for a client that is no browser page, in the words of RFC 6749 section 5.1: an access token
 * of ours, and a refresh token that is good once.
 * @param sessionToken of the session, which the refresh token carries.
 */
export async function tokenAnswer(ctx: Context, sessionToken: string): Promise<Response> {
  const found = await findSession(sessionToken);
  if (found === null) return refreshTokenRefused();
  const minted = await mintAccessToken(ctx, { viewer: found.viewer, audience: ownIssuer() });
  const seconds = Math.floor((minted.expiresAt.getTime() - ctx.now().getTime()) / 1000);
  return apiSuccess({
    access_token: minted.token,
    token_type: "Bearer",
    expires_in: seconds,
    scope: minted.scope,
    refresh_token: signValue(sessionToken, refreshTokenContext, environment().AUTH_SECRET),
  });
}

/** The session token within a refresh token of ours; null for anything else. */
export function sessionTokenOf(refreshToken: unknown): string | null {
  if (typeof refreshToken !== "string") return null;
  return openSignedValue(refreshToken, refreshTokenContext, environment().AUTH_SECRET);
}

export function refreshTokenRefused(): Response {
  return apiFailure(401, "invalid_grant", "The refresh token is used, unknown or ended. Sign in again.", {
    "WWW-Authenticate": 'Bearer realm="gatehouse"',
  });
}

/** Tokens are for clients that can keep them; a page of a browser has its cookie. */
export function tokensRefusedToPages(): Response {
  return apiFailure(403, "not_for_browsers", "Browser pages get a session cookie, no token.");
}
