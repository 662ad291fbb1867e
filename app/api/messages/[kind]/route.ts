import "server-only";
import { decideAccess } from "@/lib/domain/access/decide-access";
import { fetchMessage } from "@/lib/domain/messages/fetch-message";
import { paths } from "@/lib/routes";
import { isMessageKind } from "@/lib/shared/message-kinds";
import type { StartParameters } from "@/lib/shared/start-parameters";
import type { MessageError } from "@/lib/shared/views";
import { apiFailure, jsonAnswer } from "@/lib/web/api-answer";
import { openApiRoute, permissionDenied, quotable, unauthenticated } from "@/lib/web/api-route";

/** A message of the external API for scripts: `{ text }`, or an answer with a stable `error` code. */
export const GET = openApiRoute<{ kind: string }>(async (ctx, { params: { kind } }) => {
  if (!isMessageKind(kind)) return failed({ code: "not_found" });
  // As on the page: what the policy asks of the admin page holds for what it shows.
  if (
    kind === "admin" &&
    ctx.actor.kind === "person" &&
    decideAccess(paths.admin, ctx.actor.viewer).kind === "unverified"
  )
    return apiFailure(403, "unverified", "Confirm your e-mail address first.");
  const message = await fetchMessage(ctx, { kind });
  return message.ok ? jsonAnswer({ text: message.value.text }) : failed(message.error);
});

function failed({ code, permission, stepUp }: MessageError): Response {
  switch (code) {
    case "unauthenticated":
      return unauthenticated();
    case "denied":
      return permissionDenied(permission ?? "read:messages");
    case "reconnect":
      return apiFailure(401, code, "The access to the API has ended. Sign in again.", {
        "WWW-Authenticate": 'Bearer realm="gatehouse"',
      });
    case "step_up":
      return apiFailure(401, code, "The API asks for a new or a stronger sign-in.", {
        "WWW-Authenticate": challenge(stepUp ?? {}),
      });
    case "not_found":
      return apiFailure(404, code, "There is no such message.");
    case "broken":
      return apiFailure(502, code, "The API's answer cannot be used.");
    case "slow":
      return apiFailure(504, code, "The API did not answer in time.");
    case "unreachable":
      return apiFailure(503, code, "The API cannot be reached.", { "Retry-After": "5" });
    case "provider_unavailable":
      return apiFailure(503, code, "The identity provider cannot renew the access just now.", {
        "Retry-After": "5",
      });
    case "not_configured":
      return apiFailure(503, code, "No API is configured.");
  }
}

/** RFC 9470 section 3. */
function challenge({ acr_values: acrValues, max_age: maxAge }: StartParameters): string {
  const parts = ['Bearer realm="gatehouse"', 'error="insufficient_user_authentication"'];
  if (acrValues !== undefined) parts.push(`acr_values="${quotable(acrValues)}"`);
  if (maxAge !== undefined) parts.push(`max_age="${maxAge}"`);
  return parts.join(", ");
}
