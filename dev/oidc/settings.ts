import type { JWK } from "jose";

/** A person as the provider knows one. */
export interface ProviderPerson {
  /** Subject identifier, never reused. */
  readonly sub: string;
  readonly username: string;
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly emailVerified: boolean;
  /** Demo people have it in clear; people who signed up have `passwordHash` instead. */
  readonly password?: string;
  readonly passwordHash?: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  /** Seconds since 1970. */
  readonly updatedAt: number;
}

/** One application that signs people in here. */
export interface ProviderClient {
  readonly clientId: string;
  readonly name: string;
  readonly authMethod: "client_secret_basic" | "client_secret_post" | "private_key_jwt";
  readonly clientSecret?: string;
  /** The public key of a client that authenticates with `private_key_jwt`. */
  readonly publicKey?: JWK;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri?: string;
}

/** Everything that tells one development provider from another. */
export interface OidcSettings {
  /** May have a path, as tenants of real providers do. */
  readonly issuer: string;
  readonly port: number;
  /** Holds the signing keys and the journal. */
  readonly stateDir: string;
  /** Shown on the screens. */
  readonly title: string;
  /** Signs the provider's cookies, newest first. */
  readonly cookieKeys: readonly string[];
  readonly pairwiseSalt: string;
  readonly accessTokenSeconds: number;
  /** The resource that access tokens are for when the client names none. */
  readonly audience: string;
  /** The first one signs; a key is published for each. */
  readonly algorithms: readonly ["RS256" | "ES256", ...("RS256" | "ES256")[]];
  readonly subjectType: "public" | "pairwise";
  /** Authorization requests come by PAR alone (RFC 9126). */
  readonly pushedRequestsOnly?: boolean;
  /** Without an `end_session_endpoint`. */
  readonly withoutEndSession?: boolean;
  /** Claims that it keeps to itself. */
  readonly withheldClaims?: readonly string[];
  readonly people: readonly ProviderPerson[];
  readonly clients: readonly ProviderClient[];
}
