import "server-only";
import { outcome, seeOther } from "./answers";
import { ownPath } from "./own-path";
import { requestIdHeader } from "./request-headers";
import { providerConfigs } from "@/lib/domain/oidc/provider-config";
import { proposedLoginPath } from "@/lib/routes";
import { readStartParameters } from "@/lib/shared/start-parameters";

/**
 * Answers a sign-in that another site proposes (OpenID Connect Core 4): leads to a page of ours that asks the person.
 * Nothing is begun here, so that no site can sign anybody in without their knowing.
 */
export function proposeLogin(headers: Headers, field: (name: string) => string | null): Response {
  const reference = headers.get(requestIdHeader) ?? "";
  const issuer = field("iss");
  if (issuer === null) return outcome("invalid_request", reference);
  const provider = providerConfigs().find((candidate) => candidate.issuer === issuer);
  if (provider === undefined) return outcome("provider_not_configured", reference);
  const { login_hint: loginHint } = readStartParameters(field);
  return seeOther(
    proposedLoginPath({ provider: provider.id, returnTo: ownPath(field("target_link_uri")), loginHint }),
  );
}
