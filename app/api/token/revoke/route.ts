import "server-only";
import { endOwnSession } from "@/lib/domain/sessions/end-own-sessions";
import { signOut } from "@/lib/domain/sessions/sign-out";
import { failure, success } from "@/lib/shared/result";
import { bearerViewer } from "@/lib/web/bearer";
import { endpoint } from "@/lib/web/endpoint";
import { sessionTokenOf, tokensRefusedToPages } from "@/lib/web/session-tokens";
import { revokeToken } from "../operations";

/**
 * Ends the session behind `{ "token" }`, an access or a refresh token of ours, and with it both. 200 as well for a token
 * that is nobody's (RFC 7009 section 2.2).
 */
export const POST = endpoint(revokeToken, async (ctx, { body: { token }, request }) => {
  if (request.headers.has("origin")) return failure(tokensRefusedToPages);
  const sessionToken = sessionTokenOf(token);
  if (sessionToken !== null) await signOut(ctx, sessionToken);
  else {
    const bearer = await bearerViewer(`Bearer ${token}`, ctx.now());
    if (bearer.ok) {
      const viewer = bearer.value;
      await endOwnSession({ ...ctx, actor: { kind: "person", viewer } }, { sessionId: viewer.sessionId });
    }
  }
  return success(null);
});
