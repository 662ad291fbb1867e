import { interactionPolicy, type Configuration, type KoaContextWithOIDC } from "oidc-provider";
import type { JWK } from "jose";
import { claimsByScope, claimsOf, pairwiseSubject, sectorOf, type Accounts } from "./accounts";
import { journalAdapter } from "./adapter";
import type { Journal } from "./journal";
import { logoutSource, postLogoutSuccessSource } from "./logout";
import { errorScreen } from "./pages/screens";
import { showPage } from "./pages/show";
import type { OidcSettings, ProviderClient } from "./settings";

const day = 86_400;

/** Scopes that an access token for the API may carry; `/me` answers by them. */
const apiScopes = "openid profile email";

/** The whole behaviour of the development provider, as `oidc-provider` wants it told. */
export function configuration(
  settings: OidcSettings,
  accounts: Accounts,
  journal: Journal,
  keys: readonly JWK[],
): Configuration {
  const { issuer, port, audience, accessTokenSeconds, algorithms } = settings;
  const prefix = new URL(issuer).pathname.replace(/\/$/, "");
  return {
    adapter: journalAdapter(journal),
    jwks: { keys: [...keys] },
    clients: settings.clients.map((client) => clientMetadata(client, settings)),
    // Cookies do not see ports: the name keeps two providers on localhost apart.
    cookies: {
      keys: [...settings.cookieKeys],
      names: {
        session: `idp_${String(port)}`,
        interaction: `idp_${String(port)}_step`,
        resume: `idp_${String(port)}_resume`,
      },
    },
    responseTypes: ["code"],
    // Initiating User Registration via OpenID Connect 1.0, section 5.
    discovery: { prompt_values_supported: ["none", "login", "consent", "create"] },
    scopes: ["openid", "offline_access", "profile", "email"],
    claims: claimsByScope,
    conformIdTokenClaims: false,
    extraParams: ["screen_hint", "audience"],
    subjectTypes: [settings.subjectType],
    pairwiseIdentifier: (_ctx, accountId, client) =>
      Promise.resolve(pairwiseSubject(settings.pairwiseSalt, accountId, sectorOf(client))),
    findAccount(_ctx, sub) {
      const person = accounts.find(sub);
      if (!person) return undefined;
      return { accountId: sub, claims: () => Promise.resolve({ ...claimsOf(person, settings), sub }) };
    },
    extraTokenClaims(_ctx, token) {
      if (token.kind !== "AccessToken") return undefined;
      return { permissions: [...(accounts.find(token.accountId)?.permissions ?? [])] };
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      pushedAuthorizationRequests: {
        enabled: true,
        requirePushedAuthorizationRequests: settings.pushedRequestsOnly ?? false,
      },
      rpInitiatedLogout: {
        enabled: !settings.withoutEndSession,
        logoutSource: (ctx, form) => logoutSource(settings, ctx, form),
        postLogoutSuccessSource: (ctx) => {
          postLogoutSuccessSource(settings, ctx);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: apiScopes,
          audience: resource,
          accessTokenTTL: accessTokenSeconds,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: algorithms[0] } },
        }),
      },
    },
    interactions: {
      policy: policy(),
      url: (_ctx, interaction) => `${prefix}/interaction/${interaction.uid}`,
    },
    loadExistingGrant: grantEverything,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: () => true,
    expiresWithSession: () => false,
    pkce: { required: () => false },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * day,
      Grant: 60 * day,
      Session: 14 * day,
    },
    // The standard one refuses loopback addresses, where every application of this provider lives.
    fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined } as RequestInit),
    renderError(ctx, out) {
      showPage(settings, ctx, "Error", errorScreen(out.error, out.error_description ?? ""));
    },
  };
}

function clientMetadata(client: ProviderClient, { algorithms, subjectType }: OidcSettings) {
  return {
    client_id: client.clientId,
    ...(client.clientSecret !== undefined && { client_secret: client.clientSecret }),
    ...(client.publicKey !== undefined && { jwks: { keys: [client.publicKey] } }),
    client_name: client.name,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code" as const],
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    token_endpoint_auth_method: client.authMethod,
    id_token_signed_response_alg: algorithms[0],
    subject_type: subjectType,
    // Without `auth_time` in the ID token an application cannot tell a fresh login from one of last week.
    require_auth_time: true,
    ...(client.backchannelLogoutUri !== undefined && {
      backchannel_logout_uri: client.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  };
}

/** The standard prompts, and before them `create` (Initiating User Registration 1.0) with its older hint. */
function policy() {
  const { base, Check, Prompt } = interactionPolicy;
  const prompts = base();
  const hinted = new Check("screen_hint", "sign-up was asked for", (ctx) => {
    const { params, result, prompts: asked } = ctx.oidc;
    return params?.["screen_hint"] === "signup" && result?.["create"] === undefined && !asked.has("none");
  });
  prompts.add(new Prompt({ name: "create", requestable: true }, hinted), 0);
  return prompts;
}

/** Every application here is the people's own: what it asks for is granted without a screen. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { client, session, params, provider, resourceServers } = ctx.oidc;
  if (!client || session?.accountId === undefined) return undefined;
  const id = session.grantIdFor(client.clientId);
  const kept = id === undefined ? undefined : await provider.Grant.find(id);
  const grant =
    kept?.accountId === session.accountId
      ? kept
      : new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  const scope = params?.["scope"];
  if (typeof scope === "string") grant.addOIDCScope(scope);
  for (const [resource, server] of Object.entries(resourceServers ?? {}))
    grant.addResourceScope(resource, server.scope);
  await grant.save();
  return grant;
}
