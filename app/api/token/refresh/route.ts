import "server-only";
import { replaceSessionToken } from "@/lib/domain/sessions/replace-session-token";
import { publicMutation } from "@/lib/web/public-mutation";
import { readJson } from "@/lib/web/read-json";
import {
  refreshTokenRefused,
  sessionTokenOf,
  tokenAnswer,
  tokensRefusedToPages,
} from "@/lib/web/token-answer";

/** New tokens for `{ "refresh_token" }`, which stops working. */
export const POST = publicMutation(async (ctx, request) => {
  const body = await readJson(request);
  if (!body.ok) return body.error;
  if (request.headers.has("origin")) return tokensRefusedToPages();
  const current = sessionTokenOf(body.value["refresh_token"]);
  const renewed = current === null ? null : await replaceSessionToken(ctx, { token: current });
  return renewed === null ? refreshTokenRefused() : tokenAnswer(ctx, renewed.token);
});
