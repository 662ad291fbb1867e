import "server-only";
import { endOwnSession } from "@/lib/domain/sessions/end-own-sessions";
import { signOut } from "@/lib/domain/sessions/sign-out";
import { apiSuccess } from "@/lib/web/api-answer";
import { bearerViewer } from "@/lib/web/bearer";
import { publicMutation } from "@/lib/web/public-mutation";
import { readJson } from "@/lib/web/read-json";
import { sessionTokenOf, tokensRefusedToPages } from "@/lib/web/token-answer";

/**
 * Ends the session behind `{ "token" }`, an access or a refresh token of ours, and with it both. 200 as well for a token
 * that is nobody's (RFC 7009 section 2.2).
 */
export const POST = publicMutation(async (ctx, request) => {
  const body = await readJson(request);
  if (!body.ok) return body.error;
  if (request.headers.has("origin")) return tokensRefusedToPages();
  const { token } = body.value;
  const sessionToken = sessionTokenOf(token);
  if (sessionToken !== null) await signOut(ctx, sessionToken);
  else if (typeof token === "string") {
    const bearer = await bearerViewer(`Bearer ${token}`, ctx.now());
    if (bearer.ok) {
      const viewer = bearer.value;
      await endOwnSession({ ...ctx, actor: { kind: "person", viewer } }, { sessionId: viewer.sessionId });
    }
  }
  return apiSuccess(null);
});
