import "server-only";
import { requestDeletion } from "@/lib/domain/account/request-deletion";
import { changeProfile } from "@/lib/domain/profile/change-profile";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { failure, success } from "@/lib/shared/result";
import { notSignedIn } from "@/lib/web/api-route";
import { endpoint, refuse } from "@/lib/web/endpoint";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { accountJson } from "@/lib/web/person-json";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { clearSessionCookie } from "@/lib/web/start-session";
import { changeOwnAccount, deleteOwnAccount, readOwnAccount } from "./operations";

/** The caller's own account. */
export const GET = endpoint(readOwnAccount, (ctx) => Promise.resolve(success(accountJson(ctx.actor.viewer))));

/** Changes the caller's name and picture, and nothing else. */
export const PATCH = endpoint(changeOwnAccount, async (ctx, { body }) => {
  await changeProfile(ctx, body);
  const { sessionId, permissions } = ctx.actor.viewer;
  const found = await findSessionById(sessionId);
  if (found === null) return failure(notSignedIn);
  // A bearer token may allow less than its person has.
  return success(accountJson({ ...found.viewer, permissions }));
});

/** Closes the caller's account, after a recent proof of who they are, and ends every session. */
export const DELETE = endpoint(deleteOwnAccount, async (ctx, { request }) => {
  const requested = await requestDeletion(ctx);
  if (!requested.ok)
    switch (requested.error) {
      case "session_ended":
        return failure(notSignedIn);
      case "authentication_not_recent":
        return refuse(requested.error, "Sign in again first, then delete your account.");
      case "last_administrator":
        return refuse(requested.error, "You are the only administrator. Make somebody else one first.");
    }
  revokeAfterResponse(requested.value.released);
  deliverMailAfterResponse();
  if (!request.headers.has("authorization")) await clearSessionCookie();
  return success({ deletedAfter: requested.value.due.toISOString() });
});
