import "server-only";
import { replaceSessionToken } from "@/lib/domain/sessions/replace-session-token";
import { failure } from "@/lib/shared/result";
import { endpoint } from "@/lib/web/endpoint";
import {
  refreshTokenRefused,
  sessionTokenOf,
  tokensOf,
  tokensRefusedToPages,
} from "@/lib/web/session-tokens";
import { refreshTokens } from "../operations";

/** New tokens for `{ "refresh_token" }`, which stops working. */
export const POST = endpoint(refreshTokens, async (ctx, { body, request }) => {
  if (request.headers.has("origin")) return failure(tokensRefusedToPages);
  const current = sessionTokenOf(body.refresh_token);
  const renewed = current === null ? null : await replaceSessionToken(ctx, { token: current });
  return renewed === null ? failure(refreshTokenRefused) : tokensOf(ctx, renewed.token);
});
