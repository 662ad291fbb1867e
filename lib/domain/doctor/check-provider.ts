import "server-only";
import { z } from "zod";
import { checkClient } from "./check-client";
import { fault, note, ok, type Finding } from "./finding";
import { checkKeys } from "./check-keys";
import { discoveryUrl, providerMetadata, type ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { variableOf } from "@/lib/env-provider-names";

/** Asks a provider for its metadata and keys, and compares what it says with what is configured. */
export async function checkProvider(provider: ProviderConfig): Promise<readonly Finding[]> {
  try {
    const metadata = await providerMetadata(provider);
    return [
      ok(`discovery names this very issuer: ${metadata.issuer}`),
      ok(endpoints(metadata)),
      ...(await checkKeys(provider, metadata)),
      ...(await checkClient(provider, metadata)),
      ...checkRequests(provider, metadata),
      ...checkScreens(provider, metadata),
      ...checkLogout(provider, metadata),
    ];
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return [undiscovered(provider, error)];
  }
}

function undiscovered({ id, issuer }: ProviderConfig, { code, message, cause }: ProviderError): Finding {
  const url = discoveryUrl(issuer);
  if (code !== "provider_answer_invalid")
    return fault(message, `See that this machine reaches ${url}, by a proxy or a firewall as well.`);
  const details = cause instanceof z.ZodError ? `: ${z.prettifyError(cause).replaceAll(/\s+/g, " ")}` : "";
  return fault(
    `${message}${details} (${url})`,
    `Set ${variableOf(id, "ISSUER")} to the "issuer" of the provider's discovery document, character for character: a final slash counts.`,
  );
}

function endpoints(metadata: ProviderMetadata): string {
  const names = Object.keys(metadata).filter((name) => name.endsWith("_endpoint"));
  return `endpoints: ${names.map((name) => name.replace(/_endpoint$/, "").replaceAll("_", " ")).join(", ")}`;
}

/** PKCE, the code flow, `iss` in the answer, PAR. */
function checkRequests({ id, par }: ProviderConfig, metadata: ProviderMetadata): Finding[] {
  const methods = listOf(metadata, "code_challenge_methods_supported");
  const variable = variableOf(id, "PAR");
  const endpoint = metadata.pushed_authorization_request_endpoint;
  const required = metadata.require_pushed_authorization_requests === true;
  const findings: Finding[] = [];
  if (methods?.includes("S256") === true) findings.push(ok("PKCE with S256"));
  else if (methods === undefined)
    findings.push(
      note("the metadata says nothing of PKCE", "It is sent all the same. Nothing to do if sign-in works."),
    );
  else findings.push(fault("PKCE without S256", "Turn S256 on at the provider: it is the only method sent."));
  if (listOf(metadata, "response_types_supported")?.includes("code") === false)
    findings.push(fault("no code flow", "Turn the authorization code flow on at the provider."));
  findings.push(
    metadata.authorization_response_iss_parameter_supported === true
      ? ok("answers name their issuer (RFC 9207)")
      : ok("answers do not name their issuer; a callback address for each provider keeps them apart"),
  );
  if (par === "always" && endpoint === undefined)
    findings.push(fault("no endpoint for pushed authorization requests", `Set ${variable}=auto.`));
  else if (par === "never" && required)
    findings.push(fault("pushed authorization requests are required", `Set ${variable}=auto.`));
  else if (endpoint !== undefined)
    findings.push(
      ok(`pushed authorization requests: ${par === "always" || required ? "used" : "offered, not used"}`),
    );
  return findings;
}

/** Sign-up, UserInfo, scopes. */
function checkScreens(
  { id, scope, signUp, userinfo }: ProviderConfig,
  metadata: ProviderMetadata,
): Finding[] {
  const findings: Finding[] = [];
  const offered = listOf(metadata, "scopes_supported");
  const unknown = scope.split(" ").filter((name) => offered?.includes(name) === false);
  if (unknown.length > 0)
    findings.push(
      note(
        `the metadata does not list the scope ${unknown.join(", ")}`,
        `Allow it for this client, or leave it out of ${variableOf(id, "SCOPES")}.`,
      ),
    );
  if (
    signUp?.["prompt"] === "create" &&
    listOf(metadata, "prompt_values_supported")?.includes("create") !== true
  )
    findings.push(
      note(
        "the metadata does not say that prompt=create shows a sign-up screen",
        `If the sign-up button leads to a log-in, set ${variableOf(id, "SIGN_UP")}=none.`,
      ),
    );
  if (userinfo && metadata.userinfo_endpoint === undefined)
    findings.push(ok("no UserInfo endpoint: the ID token's claims are all there are"));
  return findings;
}

function checkLogout({ id, logout }: ProviderConfig, metadata: ProviderMetadata): Finding[] {
  const findings: Finding[] = [];
  if (logout === "rp_initiated" && metadata.end_session_endpoint === undefined)
    findings.push(
      note(
        "no end_session_endpoint: a sign-out leaves the session at the provider, and the page says so",
        `Nothing to do, or set ${variableOf(id, "LOGOUT")} to auth0_v2 for older tenants of Auth0.`,
      ),
    );
  else if (logout === "rp_initiated") findings.push(ok("a sign-out ends the session at the provider"));
  findings.push(
    metadata["backchannel_logout_supported"] === true
      ? ok("back-channel logout: supported, once its address is registered")
      : note(
          "the metadata does not offer back-channel logout",
          "A sign-out at the provider is not heard of here: sessions end by themselves.",
        ),
  );
  return findings;
}

function listOf(metadata: ProviderMetadata, name: string): readonly string[] | undefined {
  const parsed = z.array(z.string()).safeParse(metadata[name]);
  return parsed.success ? parsed.data : undefined;
}
