import "server-only";
import { z } from "zod";
import { failed, ok, warning } from "./finding";
import type { ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { variableOf } from "@/lib/env-provider-names";
import type { Finding } from "@/lib/shared/diagnosis";

/** PKCE, the code flow, `iss` in the answer, PAR. */
export function checkRequests({ id, par }: ProviderConfig, metadata: ProviderMetadata): Finding[] {
  const findings = [judgePkce(listOf(metadata, "code_challenge_methods_supported"))];
  if (listOf(metadata, "response_types_supported")?.includes("code") === false)
    findings.push(
      failed("code-flow", "no code flow", "Turn the authorization code flow on at the provider."),
    );
  findings.push(
    ok(
      "issuer-in-answer",
      metadata.authorization_response_iss_parameter_supported === true
        ? "answers name their issuer (RFC 9207)"
        : "answers do not name their issuer; a callback address for each provider keeps them apart",
    ),
  );
  const endpoint = metadata.pushed_authorization_request_endpoint;
  const required = metadata.require_pushed_authorization_requests === true;
  const fix = `Set ${variableOf(id, "PAR")}=auto.`;
  if (par === "always" && endpoint === undefined)
    findings.push(failed("par", "no endpoint for pushed authorization requests", fix));
  else if (par === "never" && required)
    findings.push(failed("par", "pushed authorization requests are required", fix));
  else if (endpoint !== undefined) {
    const used = par === "always" || required ? "used" : "offered, not used";
    findings.push(ok("par", `pushed authorization requests: ${used}`));
  }
  return findings;
}

function judgePkce(methods: readonly string[] | undefined): Finding {
  if (methods?.includes("S256") === true) return ok("pkce", "PKCE with S256");
  if (methods !== undefined)
    return failed("pkce", "PKCE without S256", "Turn S256 on at the provider: it is the only method sent.");
  return warning(
    "pkce",
    "the metadata says nothing of PKCE",
    "It is sent all the same. Nothing to do if sign-in works.",
  );
}

/** Sign-up, UserInfo, scopes. */
export function checkScreens(
  { id, scope, signUp, userinfo }: ProviderConfig,
  metadata: ProviderMetadata,
): Finding[] {
  const findings: Finding[] = [];
  const offered = listOf(metadata, "scopes_supported");
  const unknown = scope.split(" ").filter((name) => offered?.includes(name) === false);
  if (unknown.length > 0)
    findings.push(
      warning(
        "scopes",
        `the metadata does not list the scope ${unknown.join(", ")}`,
        `Allow it for this client, or leave it out of ${variableOf(id, "SCOPES")}.`,
      ),
    );
  if (
    signUp?.["prompt"] === "create" &&
    listOf(metadata, "prompt_values_supported")?.includes("create") !== true
  )
    findings.push(
      warning(
        "sign-up",
        "the metadata does not say that prompt=create shows a sign-up screen",
        `If the sign-up button leads to a log-in, set ${variableOf(id, "SIGN_UP")}=none.`,
      ),
    );
  if (userinfo && metadata.userinfo_endpoint === undefined)
    findings.push(ok("userinfo", "no UserInfo endpoint: the ID token's claims are all there are"));
  return findings;
}

/** What a sign-out does at the provider, and one at the provider here. */
export function checkLogout({ id, logout }: ProviderConfig, metadata: ProviderMetadata): Finding[] {
  const findings: Finding[] = [];
  if (logout === "rp_initiated")
    findings.push(
      metadata.end_session_endpoint === undefined
        ? warning(
            "end-session",
            "no end_session_endpoint: a sign-out leaves the session at the provider, and the page says so",
            `Nothing to do, or set ${variableOf(id, "LOGOUT")} to auth0_v2 for older tenants of Auth0.`,
          )
        : ok("end-session", "a sign-out ends the session at the provider"),
    );
  findings.push(
    metadata.revocation_endpoint === undefined
      ? warning(
          "revocation",
          "no revocation_endpoint: a refresh token lives on at the provider after the sign-out",
          "Keep the lifetime of refresh tokens short at the provider, or turn revocation on there.",
        )
      : ok("revocation", "a sign-out revokes the refresh token (RFC 7009)"),
    metadata["backchannel_logout_supported"] === true
      ? ok("back-channel", "back-channel logout: supported, once its address is registered")
      : warning(
          "back-channel",
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
