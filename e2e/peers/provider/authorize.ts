import { randomUUID } from "node:crypto";
import type { PeerClient } from "./client";
import type { Grants } from "./grants";
import type { Scenario } from "./scenario";

/**
 * Signs a person in at an authorization request, at once, and gives back the address of the answer. Throws when the
 * request is not what this client registered or not as OpenID Connect and RFC 9700 want it.
 */
export function approve(
  parameters: URLSearchParams,
  scenario: Scenario,
  { issuer, client, grants }: { issuer: string; client: PeerClient; grants: Grants },
): string {
  const scope = parameters.get("scope") ?? "";
  const state = parameters.get("state");
  const redirectUri = parameters.get("redirect_uri") ?? "";
  expectEqual("client_id", parameters.get("client_id"), client.id);
  expectEqual("redirect_uri", redirectUri, client.redirectUri);
  expectEqual("response_type", parameters.get("response_type"), "code");
  expectEqual("code_challenge_method", parameters.get("code_challenge_method"), "S256");
  for (const name of ["state", "nonce", "code_challenge"])
    if ((parameters.get(name) ?? "").length < 32) throw new Error(`${name} is missing or too short`);
  if (!scope.split(" ").includes("openid")) throw new Error("the scope lacks openid");
  for (const [name] of parameters)
    if (parameters.getAll(name).length > 1) throw new Error(`${name} is there twice`);

  const code = grants.give("code", {
    scenario,
    subject: scenario.subject ?? `person|${randomUUID()}`,
    sessionId: randomUUID(),
    nonce: parameters.get("nonce"),
    challenge: parameters.get("code_challenge"),
    redirectUri,
    scope,
  });
  const answer = new URL(redirectUri);
  for (const [name, value] of Object.entries({ code, state, iss: issuer, ...scenario.response }))
    for (const one of [value ?? []].flat()) answer.searchParams.append(name, one);
  return answer.href;
}

function expectEqual(name: string, given: string | null, wanted: string): void {
  if (given !== wanted) throw new Error(`${name} is ${String(given)}, not ${wanted}`);
}
