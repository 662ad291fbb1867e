import "server-only";
import { environment } from "@/lib/env";
import type { Role } from "@/lib/shared/permissions";

/** An OpenID provider as configured. */
export interface ProviderConfig {
  /** Stable; part of the callback path and of the stored rows. */
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly audience: string | undefined;
  /** RFC 8707. */
  readonly resource: string | undefined;
  readonly prompt: string | undefined;
  /** Undefined: what the metadata allows, `client_secret_basic` first (RFC 8414). */
  readonly tokenAuthMethod: "client_secret_basic" | "client_secret_post" | undefined;
  /** Undefined: any asymmetric algorithm that the metadata advertises. */
  readonly idTokenAlgorithm: string | undefined;
  /** Whether the UserInfo endpoint is asked at sign-in. */
  readonly userinfo: boolean;
  readonly signUp: "prompt_create" | "screen_hint" | "none";
  readonly logout: "rp_initiated" | "auth0_v2" | "none";
  readonly rolesClaim: string | undefined;
  readonly rolesMap: ReadonlyMap<string, Role> | undefined;
}

const singleProviderId = "oidc";

/** The configured providers, in the order of the buttons on the sign-in page. */
export function providerConfigs(): readonly ProviderConfig[] {
  const env = environment();
  if (
    env.OIDC_ISSUER === undefined ||
    env.OIDC_CLIENT_ID === undefined ||
    env.OIDC_CLIENT_SECRET === undefined
  )
    return [];
  return [
    {
      id: singleProviderId,
      name: env.OIDC_NAME,
      issuer: env.OIDC_ISSUER,
      clientId: env.OIDC_CLIENT_ID,
      clientSecret: env.OIDC_CLIENT_SECRET,
      scope: env.OIDC_SCOPES,
      audience: env.OIDC_AUDIENCE,
      resource: env.OIDC_RESOURCE,
      prompt: env.OIDC_PROMPT,
      tokenAuthMethod: env.OIDC_TOKEN_AUTH_METHOD,
      idTokenAlgorithm: env.OIDC_ID_TOKEN_ALG,
      userinfo: env.OIDC_USERINFO,
      signUp: env.OIDC_SIGN_UP,
      logout: env.OIDC_LOGOUT,
      rolesClaim: env.OIDC_ROLES_CLAIM,
      rolesMap: env.OIDC_ROLES_MAP,
    },
  ];
}

export function findProviderConfig(id: string): ProviderConfig | null {
  return providerConfigs().find((provider) => provider.id === id) ?? null;
}

/** The provider's display name; its id when it is configured no longer. */
export function providerName(id: string): string {
  return findProviderConfig(id)?.name ?? id;
}
