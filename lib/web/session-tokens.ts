import "server-only";
import { z } from "zod";
import type { ApiRefusal } from "./api-answer";
import type { Context } from "@/lib/domain/context";
import { ownIssuer } from "@/lib/domain/issuer/api-audience";
import { mintAccessToken } from "@/lib/domain/issuer/mint-access-token";
import { findSession } from "@/lib/domain/sessions/find-session";
import { environment } from "@/lib/env";
import { openSignedValue, signValue } from "@/lib/platform/crypto/signed-value";
import { failure, success, type Result } from "@/lib/shared/result";

/** A session cookie is no refresh token, and a refresh token is no session cookie. */
const refreshTokenContext = "gatehouse refresh token v1";

/** In the words of RFC 6749 section 5.1. */
export const tokensSchema = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int().positive(),
  scope: z.string().nullable(),
  refresh_token: z.string(),
});

export const refreshTokenRefused: ApiRefusal<"invalid_grant"> = {
  code: "invalid_grant",
  message: "The refresh token is used, unknown or ended. Sign in again.",
};

/** Tokens are for clients that can keep them; a page of a browser has its cookie. */
export const tokensRefusedToPages: ApiRefusal<"not_for_browsers"> = {
  code: "not_for_browsers",
  message: "Browser pages get a session cookie, no token.",
};

/**
 * The tokens of a session for a client that is no browser page: an access token of ours, and a refresh token that is good
 * once.
 * @param sessionToken of the session, which the refresh token carries.
 */
export async function tokensOf(
  ctx: Context,
  sessionToken: string,
): Promise<Result<z.output<typeof tokensSchema>, ApiRefusal<"invalid_grant">>> {
  const found = await findSession(sessionToken);
  if (found === null) return failure(refreshTokenRefused);
  const minted = await mintAccessToken(ctx, { viewer: found.viewer, audience: ownIssuer() });
  const seconds = Math.floor((minted.expiresAt.getTime() - ctx.now().getTime()) / 1000);
  return success({
    access_token: minted.token,
    token_type: "Bearer",
    expires_in: seconds,
    scope: minted.scope,
    refresh_token: signValue(sessionToken, refreshTokenContext, environment().AUTH_SECRET),
  });
}

/** The session token within a refresh token of ours; null for anything else. */
export function sessionTokenOf(refreshToken: string): string | null {
  return openSignedValue(refreshToken, refreshTokenContext, environment().AUTH_SECRET);
}
