import "server-only";
import { decideAccess } from "@/lib/domain/access/decide-access";
import { fetchMessage } from "@/lib/domain/messages/fetch-message";
import { paths } from "@/lib/routes";
import { failure, success } from "@/lib/shared/result";
import type { StartParameters } from "@/lib/shared/start-parameters";
import type { MessageError } from "@/lib/shared/views";
import { addressNotProved, notSignedIn, permissionDenied, quotable } from "@/lib/web/api-route";
import { endpoint, refuse } from "@/lib/web/endpoint";
import { readMessage } from "./operation";

/** A message of the external API for scripts: `{ text }`, or an answer with a stable `error` code. */
export const GET = endpoint(readMessage, async (ctx, { params: { kind } }) => {
  // As on the page: what the policy asks of the admin page holds for what it shows.
  if (
    kind === "admin" &&
    ctx.actor.kind === "person" &&
    decideAccess(paths.admin, ctx.actor.viewer).kind === "unverified"
  )
    return failure(addressNotProved);
  const message = await fetchMessage(ctx, { kind });
  return message.ok ? success({ text: message.value.text }) : refused(message.error);
});

function refused({ code, permission, stepUp }: MessageError) {
  switch (code) {
    case "unauthenticated":
      return failure(notSignedIn);
    case "denied":
      return failure(permissionDenied(permission ?? "read:messages"));
    case "reconnect":
      return refuse(code, "The access to the API has ended. Sign in again.");
    case "step_up":
      return refuse(code, "The API asks for a new or a stronger sign-in.", {
        headers: { "WWW-Authenticate": challenge(stepUp ?? {}) },
      });
    case "not_found":
      return refuse(code, "There is no such message.");
    case "broken":
      return refuse(code, "The API's answer cannot be used.");
    case "slow":
      return refuse(code, "The API did not answer in time.");
    case "unreachable":
      return refuse(code, "The API cannot be reached.", { headers: { "Retry-After": "5" } });
    case "provider_unavailable":
      return refuse(code, "The identity provider cannot renew the access just now.", {
        headers: { "Retry-After": "5" },
      });
    case "not_configured":
      return refuse(code, "No API is configured.");
  }
}

/** RFC 9470 section 3. */
function challenge({ acr_values: acrValues, max_age: maxAge }: StartParameters): string {
  const parts = ['Bearer realm="gatehouse"', 'error="insufficient_user_authentication"'];
  if (acrValues !== undefined) parts.push(`acr_values="${quotable(acrValues)}"`);
  if (maxAge !== undefined) parts.push(`max_age="${maxAge}"`);
  return parts.join(", ");
}
