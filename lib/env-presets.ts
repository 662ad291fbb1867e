type Preset = Readonly<Record<string, string>>;

/**
 * What is particular about the providers that people use, as values of the same variables: whatever is set explicitly
 * wins. What a preset does not name is the standard's. docs/providers.md says what to register at each.
 */
export const providerPresets = {
  // auth0.com/docs: "Universal Login, New Experience" (screen_hint), "Log Users Out with the OIDC Endpoint" (since 2023
  // on by default; older tenants need LOGOUT=auth0_v2). Roles have no claim of their own: an action names one.
  auth0: { NAME: "Auth0", SIGN_UP: "screen_hint" },
  // docs.authgear.com: "Supported Scopes" and "UserInfo"; x_page is read by authgear-server's authorization endpoint.
  authgear: {
    NAME: "Authgear",
    SCOPES: "openid offline_access https://authgear.com/scopes/full-userinfo",
    SIGN_UP: "x_page=signup",
    ROLES_CLAIM: "https://authgear.com/claims/user/roles",
  },
  // docs.descope.com: "OIDC Endpoints" (descope.claims brings roles); its one flow signs up and in alike.
  descope: {
    NAME: "Descope",
    SCOPES: "openid profile email descope.claims offline_access",
    SIGN_UP: "none",
    ROLES_CLAIM: "roles",
  },
  // keycloak.org: Server Administration Guide, "Configuring OIDC clients"; release notes 26.1, prompt=create. Without
  // offline_access the refresh token ends with the session at Keycloak, as a sign-in's should.
  keycloak: { SCOPES: "openid profile email", ROLES_CLAIM: "realm_access.roles" },
  // learn.microsoft.com/entra/identity-platform: "UserInfo endpoint" (its tokens are for Graph alone), "Certificate
  // credentials" (aud is the token endpoint), "Add app roles". Workforce tenants offer no sign-up.
  entra: {
    NAME: "Microsoft",
    PROMPT: "select_account",
    USERINFO: "false",
    SIGN_UP: "none",
    ASSERTION_AUDIENCE: "token_endpoint",
    ROLES_CLAIM: "roles",
  },
  // developers.google.com/identity/openid-connect: access_type=offline with prompt=consent instead of offline_access,
  // no end_session_endpoint, no sign-up parameter.
  google: {
    NAME: "Google",
    ISSUER: "https://accounts.google.com",
    SCOPES: "openid profile email",
    PARAMETERS: "access_type=offline",
    PROMPT: "consent",
    SIGN_UP: "none",
    LOGOUT: "none",
  },
  // developer.okta.com: "Build a JWT for client authentication" (aud is the endpoint), "Customize tokens with a groups
  // claim". Registration is a policy of the organisation, without a parameter.
  okta: { NAME: "Okta", SIGN_UP: "none", ASSERTION_AUDIENCE: "token_endpoint", ROLES_CLAIM: "groups" },
  // docs.logto.io: "Authentication parameters: first screen", "Global API resources" (a refresh token wants
  // prompt=consent; a token for an API resource does not open UserInfo, and the ID token has the profile).
  logto: {
    NAME: "Logto",
    SCOPES: "openid profile email roles offline_access",
    PROMPT: "consent",
    USERINFO: "false",
    SIGN_UP: "first_screen=register",
    ROLES_CLAIM: "roles",
  },
  // zitadel.com/docs/apis/openidoauth: "Scopes" (role claims; an object whose names are the roles), "Endpoints"
  // (prompt=create), "Authentication methods" (private_key_jwt with the issuer as audience).
  zitadel: {
    NAME: "ZITADEL",
    SCOPES: "openid profile email offline_access urn:zitadel:iam:org:projects:roles",
    ROLES_CLAIM: "urn:zitadel:iam:org:project:roles",
  },
} as const satisfies Record<string, Preset>;

type PresetName = keyof typeof providerPresets;

export const presetNames = Object.keys(providerPresets) as [PresetName, ...PresetName[]];

/** The values of a preset; none when there is no preset of that name. */
export function presetValues(name: string | undefined): Preset {
  const known = presetNames.find((preset) => preset === name);
  return known === undefined ? {} : providerPresets[known];
}
