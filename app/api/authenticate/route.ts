import "server-only";
import { passwordSignIn } from "@/lib/auth";
import { findSession } from "@/lib/domain/sessions/find-session";
import { failure, success } from "@/lib/shared/result";
import { endpoint } from "@/lib/web/endpoint";
import { passwordRefusal } from "@/lib/web/password-refusal";
import { personJson } from "@/lib/web/person-json";
import { sessionTokenFrom } from "@/lib/web/session-cookie";
import { tokensOf, tokensRefusedToPages } from "@/lib/web/session-tokens";
import { browserSessionToken, setSessionCookie } from "@/lib/web/start-session";
import { authenticate } from "./operation";

/**
 * Signs in with `{ "uid", "password" }`: sets the session cookie and says who it is. With `"token": true` a client that
 * is no browser page gets tokens of ours instead. Missing, unknown and wrong credentials get one 401.
 */
export const POST = endpoint(authenticate, async (ctx, { body, request }) => {
  const { uid, password, token: wantsTokens = false } = body;
  if (wantsTokens && request.headers.has("origin")) return failure(tokensRefusedToPages);
  const previous = wantsTokens ? null : await browserSessionToken();
  const signedIn = await passwordSignIn(ctx, { identifier: uid, password }, previous);
  if (!signedIn.ok) return failure(passwordRefusal(signedIn.error, ctx.requestId));
  const sessionToken = sessionTokenFrom(signedIn.value) ?? "";
  if (wantsTokens) return tokensOf(ctx, sessionToken);
  const found = await findSession(sessionToken);
  if (found === null) return failure(passwordRefusal({ code: "invalid_credentials" }, ctx.requestId));
  await setSessionCookie(signedIn.value);
  return success(personJson(found.viewer));
});
