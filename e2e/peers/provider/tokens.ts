import { createHash } from "node:crypto";
import type { PeerClient } from "./client";
import { matchesChallenge, type Grant, type Grants } from "./grants";
import type { Algorithm, PeerKey } from "./keys";
import { merge } from "./merge";
import type { Claims } from "./scenario";
import { sign } from "./sign";

export interface TokenTools {
  readonly issuer: string;
  readonly client: PeerClient;
  readonly grants: Grants;
  /** The key that signs at this moment. */
  readonly key: (algorithm: Algorithm | undefined) => PeerKey;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly grant?: Grant;
}

/** The token endpoint (RFC 6749 sections 4.1.3 and 6): strict about the client, the code, the verifier and reuse. */
export async function answerToken(
  parameters: URLSearchParams,
  authorization: string | undefined,
  tools: TokenTools,
): Promise<TokenAnswer> {
  const { client, grants } = tools;
  if (!isAuthenticated(client, parameters, authorization)) return refusal(401, "invalid_client");
  const type = parameters.get("grant_type");
  if (type === "refresh_token") {
    const grant = grants.take("refresh", parameters.get("refresh_token"));
    if (grant === undefined) return refusal(400, "invalid_grant");
    return { ...(await issue(grant, grant.scenario.refreshedIdToken ?? {}, tools)), grant };
  }
  if (type !== "authorization_code") return refusal(400, "unsupported_grant_type");
  const grant = grants.take("code", parameters.get("code"));
  if (grant === undefined) return refusal(400, "invalid_grant");
  if (grant.redirectUri !== parameters.get("redirect_uri")) return refusal(400, "invalid_grant");
  if (!matchesChallenge(parameters.get("code_verifier"), grant.challenge))
    return refusal(400, "invalid_grant");
  await grant.scenario.beforeSigning?.();
  return { ...(await issue(grant, grant.scenario.idToken ?? {}, tools)), grant };
}

async function issue(grant: Grant, changes: Claims, tools: TokenTools): Promise<TokenAnswer> {
  const { grants, issuer, client } = tools;
  const { scenario } = grant;
  const accessToken = grants.give("access", grant);
  const key = tools.key(scenario.algorithm);
  const now = Math.floor(Date.now() / 1000);
  const standard = {
    iss: issuer,
    sub: grant.subject,
    aud: client.id,
    exp: now + 300,
    iat: now,
    auth_time: now,
    sid: grant.sessionId,
    nonce: grant.nonce,
    at_hash: accessTokenHash(accessToken, key.algorithm),
  };
  const claims = merge(standard, changes);
  const { header } = scenario;
  const tokenTools = { key, clientSecret: client.secret, issuer, header };
  const idToken = await sign(claims, scenario.signing ?? "right", tokenTools);
  const answer = {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: 300,
    refresh_token: grants.give("refresh", grant),
    scope: grant.scope,
    id_token: scenario.spoil?.(idToken) ?? idToken,
  };
  return { status: 200, body: merge(answer, scenario.token) };
}

function isAuthenticated(
  client: PeerClient,
  parameters: URLSearchParams,
  authorization: string | undefined,
): boolean {
  if (client.authMethod === "client_secret_post")
    return (
      authorization === undefined &&
      parameters.get("client_id") === client.id &&
      parameters.get("client_secret") === client.secret
    );
  const [id = "", secret = ""] = Buffer.from((authorization ?? "").replace(/^Basic /, ""), "base64")
    .toString("utf8")
    .split(":")
    .map((part) => decodeURIComponent(part.replaceAll("+", " ")));
  return !parameters.has("client_secret") && id === client.id && secret === client.secret;
}

function refusal(status: number, error: string): TokenAnswer {
  return { status, body: { error, error_description: "the peer refuses" } };
}

/** OpenID Connect Core 3.1.3.6; Ed25519 hashes with SHA-512. */
function accessTokenHash(accessToken: string, algorithm: Algorithm): string {
  const bits = algorithm === "EdDSA" ? "512" : algorithm.slice(2);
  const digest = createHash(`sha${bits}`).update(accessToken).digest();
  return digest.subarray(0, digest.length / 2).toString("base64url");
}
