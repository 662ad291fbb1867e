import "server-only";
import { parseChallenges } from "./parse-challenges";
import type { MessageKind } from "@/lib/shared/message-kinds";
import type { StartParameters } from "@/lib/shared/start-parameters";
import type { MessageError } from "@/lib/shared/views";

const neededFor: Readonly<Record<MessageKind, string>> = {
  public: "read:messages",
  protected: "read:messages",
  admin: "read:admin-messages",
};

/** What an answer other than 200 means, by its status and its Bearer challenge (RFC 6750 section 3, RFC 9470). */
export function readRefusal(kind: MessageKind, response: Response): MessageError {
  const challenge = parseChallenges(response.headers.get("www-authenticate")).find(
    ({ scheme }) => scheme === "bearer",
  );
  const parameters = challenge?.parameters ?? new Map<string, string>();
  const { status } = response;
  if ((status === 401 || status === 403) && parameters.get("error") === "insufficient_user_authentication")
    return { code: "step_up", stepUp: readStepUp(parameters) };
  if (status === 403) return { code: "denied", permission: parameters.get("scope") ?? neededFor[kind] };
  if (status === 401) return { code: "reconnect" };
  return { code: status === 404 ? "not_found" : "broken" };
}

function readStepUp(parameters: ReadonlyMap<string, string>): StartParameters {
  const acrValues = parameters.get("acr_values");
  const maxAge = parameters.get("max_age");
  return {
    ...(acrValues !== undefined && { acr_values: acrValues }),
    ...(maxAge !== undefined && /^\d{1,9}$/.test(maxAge) && { max_age: maxAge }),
  };
}
