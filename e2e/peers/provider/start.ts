import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { JWK } from "jose";
import { serveHttp } from "../../../dev/launch/loopback";
import { findFreePort } from "../../../dev/launch/ports";
import { readBody, send, type Answer } from "../answer";
import type { Certificates } from "../certificates";
import { approve } from "./authorize";
import type { PeerClient } from "./client";
import { makeGrants } from "./grants";
import { keyFor, makeKeys, strangersKey, type Algorithm, type PeerKey } from "./keys";
import { merge } from "./merge";
import {
  endpoints,
  type Claims,
  type Signing,
  type Behaviour,
  type Endpoint,
  type PeerRequest,
  type Scenario,
} from "./scenario";
import { sign } from "./sign";
import { answerToken, type TokenTools } from "./tokens";

export interface LogoutTokenSigning {
  readonly signing?: Signing;
  readonly header?: Claims;
  readonly algorithm?: Algorithm;
}

export interface PeerProvider {
  readonly issuer: string;
  readonly client: PeerClient;
  readonly behaviour: Behaviour;
  /** Everything that was asked of the peer, in order. */
  readonly requests: readonly PeerRequest[];
  /** Signs a person in at this authorization request and gives back the callback's address. */
  authorize(location: string, scenario?: Scenario): string;
  /** A logout token (Back-Channel Logout 1.0 section 2.4), as it should be but for `changes`. */
  signLogoutToken(changes: Claims, how?: LogoutTokenSigning): Promise<string>;
  /** Signs with a new key from now on; the old one stays published or not. */
  rotateKeys(old: "kept" | "withdrawn"): Promise<void>;
  /** Back to a provider that does everything right. */
  reset(): void;
  close(): Promise<void>;
}

const standardBehaviour = (): Behaviour => ({
  scenario: {},
  metadata: {},
  discovery: null,
  jwks: null,
  publishedKeys: null,
});

/**
 * Starts an OpenID provider that shows no screens and does exactly what it is told, right or wrong. Each is independent
 * of every other; `path` puts the issuer beneath a path, as tenants of real providers have it.
 */
export async function startPeerProvider(
  client: Omit<PeerClient, "authMethod"> & Partial<PeerClient>,
  { path = "", tls }: { readonly path?: string; readonly tls?: Certificates } = {},
): Promise<PeerProvider> {
  const port = await findFreePort();
  const origin = `${tls === undefined ? "http" : "https"}://localhost:${String(port)}`;
  const issuer = origin + path;
  const known: PeerClient = { authMethod: "client_secret_basic", ...client };
  const behaviour = standardBehaviour();
  const requests: PeerRequest[] = [];
  const grants = makeGrants();
  let keys = await makeKeys();
  let withdrawn: PeerKey[] = [];
  const tools: TokenTools = {
    issuer,
    client: known,
    grants,
    key: (algorithm = "RS256") => keyFor(keys, algorithm),
  };

  const authorize = (parameters: URLSearchParams, scenario: Scenario) =>
    approve(parameters, scenario, { issuer, client: known, grants });

  const answers: Record<
    Endpoint,
    (request: IncomingMessage, parameters: URLSearchParams) => Promise<Answer>
  > = {
    discovery: () => Promise.resolve(behaviour.discovery ?? { body: metadata() }),
    jwks: () => Promise.resolve(behaviour.jwks ?? { body: { keys: publishedKeys() } }),
    authorize: (_, parameters) =>
      Promise.resolve({
        status: 303,
        headers: { location: authorize(parameters, behaviour.scenario) },
        body: "",
      }),
    async token({ headers }, parameters) {
      const { status, body, grant } = await answerToken(parameters, headers.authorization, tools);
      const kind = parameters.get("grant_type") === "refresh_token" ? "refresh" : "token";
      return grant?.scenario.answers?.[kind] ?? { status, headers: { "cache-control": "no-store" }, body };
    },
    async userinfo({ headers }) {
      const grant = grants.find("access", (headers.authorization ?? "").replace(/^Bearer /, ""));
      if (grant === undefined) return { status: 401, body: { error: "invalid_token" } };
      const { answers: planned, userinfo, signedUserinfo } = grant.scenario;
      if (planned?.userinfo !== undefined) return planned.userinfo;
      const claims = { sub: grant.subject, name: "Peer Person", ...userinfo };
      if (signedUserinfo === undefined) return { body: claims };
      const key = tools.key(undefined);
      const signable = { iss: issuer, aud: known.id, ...claims };
      const body = await sign(signable, signedUserinfo, { key, clientSecret: known.secret, issuer });
      return { headers: { "content-type": "application/jwt" }, body };
    },
    revoke: () => Promise.resolve({ body: "" }),
    logout: (_, parameters) => {
      const back = new URL(parameters.get("post_logout_redirect_uri") ?? issuer);
      back.searchParams.set("state", parameters.get("state") ?? "");
      return Promise.resolve({ status: 303, headers: { location: back.href }, body: "" });
    },
    moved: () => Promise.resolve({ body: metadata() }),
    async evil() {
      return {
        body: { keys: [(await strangersKey("RS256")).publicJwk, (await strangersKey("ES256")).publicJwk] },
      };
    },
  };

  function metadata(): Record<string, unknown> {
    const standard = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      end_session_endpoint: `${issuer}/logout`,
      revocation_endpoint: `${issuer}/revoke`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256", "ES256"],
      token_endpoint_auth_methods_supported: [known.authMethod],
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: ["S256"],
    };
    return merge(standard, behaviour.metadata);
  }

  function publishedKeys(): readonly JWK[] {
    const published = [...keys, ...withdrawn].map(({ publicJwk }) => publicJwk);
    return behaviour.publishedKeys?.(published) ?? published;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", origin);
    const endpoint = endpointOf(url.pathname, path);
    if (endpoint === null) {
      await send(response, { status: 404, body: { error: "not_found" } });
      return;
    }
    const parameters =
      request.method === "POST" ? new URLSearchParams(await readBody(request)) : url.searchParams;
    const { method = "GET", headers } = request;
    const record: PeerRequest = { endpoint, method, headers, parameters, sentBytes: 0 };
    requests.push(record);
    record.sentBytes = await send(response, await answers[endpoint](request, parameters));
  }

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(400, { "content-type": "text/plain" }).end(String(error));
    });
  };
  const close = await serveHttp(port, answer, tls);

  return {
    issuer,
    client: known,
    behaviour,
    requests,
    authorize: (location, scenario = {}) => {
      if (!location.startsWith(`${issuer}/authorize?`))
        throw new Error(`not an authorization request: ${location}`);
      return authorize(new URL(location).searchParams, scenario);
    },
    signLogoutToken(changes, { signing = "right", header = { typ: "logout+jwt" }, algorithm } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const standard = {
        iss: issuer,
        aud: known.id,
        iat: now,
        exp: now + 120,
        jti: randomUUID(),
        events: { "http://schemas.openid.net/event/backchannel-logout": {} },
      };
      const signer = { key: tools.key(algorithm), clientSecret: known.secret, issuer, header };
      return sign(merge(standard, changes), signing, signer);
    },
    async rotateKeys(old) {
      withdrawn = old === "kept" ? [...withdrawn, ...keys] : [];
      keys = await makeKeys();
    },
    reset: () => {
      Object.assign(behaviour, standardBehaviour());
    },
    close,
  };
}

function endpointOf(pathname: string, path: string): Endpoint | null {
  if (pathname === `${path}/.well-known/openid-configuration`) return "discovery";
  if (!pathname.startsWith(`${path}/`)) return null;
  const [name] = pathname.slice(path.length + 1).split("/");
  return endpoints.find((endpoint) => endpoint === name && endpoint !== "discovery") ?? null;
}
