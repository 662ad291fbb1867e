import "server-only";
import { passwordSignIn } from "@/lib/auth";
import { signInSchema } from "@/lib/domain/identity/schemas";
import { findSession } from "@/lib/domain/sessions/find-session";
import { apiSuccess } from "@/lib/web/api-answer";
import { passwordRefusalAnswer } from "@/lib/web/password-refusal-answer";
import { personJson } from "@/lib/web/person-json";
import { publicMutation } from "@/lib/web/public-mutation";
import { readJson } from "@/lib/web/read-json";
import { sessionTokenFrom } from "@/lib/web/session-cookie";
import { browserSessionToken, setSessionCookie } from "@/lib/web/start-session";
import { tokenAnswer, tokensRefusedToPages } from "@/lib/web/token-answer";

/**
 * Signs in with `{ "uid", "password" }`: sets the session cookie and says who it is. With `"token": true` a client that
 * is no browser page gets tokens of ours instead. Missing, unknown and wrong credentials get one 401.
 */
export const POST = publicMutation(async (ctx, request) => {
  const body = await readJson(request);
  if (!body.ok) return body.error;
  const { uid, password, token } = body.value;
  const wantsTokens = token === true;
  if (wantsTokens && request.headers.has("origin")) return tokensRefusedToPages();
  const input = signInSchema.safeParse({ identifier: uid, password });
  if (!input.success) return passwordRefusalAnswer({ code: "invalid_credentials" }, ctx.requestId);
  const previous = wantsTokens ? null : await browserSessionToken();
  const signedIn = await passwordSignIn(ctx, input.data, previous);
  if (!signedIn.ok) return passwordRefusalAnswer(signedIn.error, ctx.requestId);
  const sessionToken = sessionTokenFrom(signedIn.value) ?? "";
  if (wantsTokens) return tokenAnswer(ctx, sessionToken);
  const found = await findSession(sessionToken);
  if (found === null) return passwordRefusalAnswer({ code: "invalid_credentials" }, ctx.requestId);
  await setSessionCookie(signedIn.value);
  return apiSuccess(personJson(found.viewer));
});
