import { people, subjectOf } from "../people";
import type { OidcSettings, ProviderPerson } from "./settings";

/** The demo people who have an account at the provider. */
function providerPeople(): ProviderPerson[] {
  return people
    .filter((person) => person.provider)
    .map((person) => ({
      sub: subjectOf(person),
      username: person.username,
      name: person.name,
      givenName: person.givenName,
      familyName: person.familyName,
      email: person.email,
      emailVerified: person.emailVerified,
      password: person.password,
      roles: person.providerRoles,
      permissions: person.permissions,
      updatedAt: Date.UTC(2025, 0, 1) / 1000,
    }));
}

/** What has no sensible standard and must be said for each provider. */
export type OidcEssentials = Pick<
  OidcSettings,
  "issuer" | "port" | "stateDir" | "cookieKeys" | "pairwiseSalt"
> & {
  /** Address of the application that signs people in. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the application calls this provider; standard: `oidc`. */
  readonly id?: string;
};

/**
 * The settings of the demo's provider. A second, different one is made by overriding any of them, for example
 * `{ algorithms: ["ES256"], subjectType: "pairwise" }`.
 */
export function oidcSettings(
  essentials: OidcEssentials,
  overrides: Partial<OidcSettings> = {},
): OidcSettings {
  const { baseUrl, clientId, clientSecret, id = "oidc", ...rest } = essentials;
  return {
    ...rest,
    title: "Demo ID",
    accessTokenSeconds: 300,
    audience: "urn:gatehouse:messages-api",
    algorithms: ["RS256", "ES256"],
    subjectType: "public",
    people: providerPeople(),
    clients: [
      {
        clientId,
        clientSecret,
        name: "Gatehouse",
        authMethod: "client_secret_basic",
        redirectUris: [`${baseUrl}/api/auth/callback/${id}`],
        postLogoutRedirectUris: [`${baseUrl}/auth/signed-out`],
        backchannelLogoutUri: `${baseUrl}/api/auth/backchannel-logout/${id}`,
      },
    ],
    ...overrides,
  };
}
