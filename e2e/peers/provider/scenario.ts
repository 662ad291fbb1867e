import type { JWK } from "jose";
import type { Answer } from "../answer";
import type { Algorithm } from "./keys";

export type Claims = Readonly<Record<string, unknown>>;

/** How an ID token is signed. All but `right` must be refused. */
export type Signing =
  | "right"
  /** `alg: none`, no signature. */
  | "none"
  /** The right header, no signature. */
  | "stripped"
  /** One bit of the signature is another. */
  | "flipped"
  /** The claims were changed after signing. */
  | "claims_changed"
  /** By a key of a stranger who uses our key's id. */
  | "stranger"
  /** By a key of a stranger under an id that nobody publishes. */
  | "unknown_key"
  /** By a key of a stranger, which the header names by address. */
  | "jku"
  /** By a key of a stranger, whose certificate the header names by address. */
  | "x5u"
  /** By a key of a stranger, which the header holds. */
  | "embedded_jwk"
  /** HS256 with the public key's text as the secret. */
  | "hmac_with_public_key"
  /** HS256 with the client's secret, which was not agreed on. */
  | "hmac_with_client_secret";

/** How one sign-in at the peer goes. It travels with the code; what is left out is as it should be. */
export interface Scenario {
  /** The person; a new one when left out. */
  readonly subject?: string;
  /** Over the ID token's claims; `undefined` takes a claim away. */
  readonly idToken?: Claims;
  readonly signing?: Signing;
  /** Over the header of the ID token; `undefined` takes a member away. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signs with the published key of this algorithm. */
  readonly algorithm?: Algorithm;
  /** Over the ID token as it would be sent, for faults that have no switch. */
  readonly spoil?: (idToken: string) => string;
  /** Claims at UserInfo besides `sub`. */
  readonly userinfo?: Claims;
  /** UserInfo as a JWT (OpenID Connect Core 5.3.2); how it is signed. */
  readonly signedUserinfo?: Signing;
  /** Over the token answer; `undefined` takes a member away. */
  readonly token?: Claims;
  /** Over the claims of the ID token that a refresh brings. */
  readonly refreshedIdToken?: Claims;
  /** Over the parameters of the authorization response; `undefined` takes one away, a list says one several times. */
  readonly response?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly answers?: Partial<Record<"token" | "userinfo" | "refresh", Answer>>;
  /** Runs in the last moment before the ID token is signed. */
  readonly beforeSigning?: () => Promise<void> | void;
}

/** What the peer does for everybody. Change it at any time. */
export interface Behaviour {
  /** The sign-in of a browser that comes to the authorization endpoint itself. */
  scenario: Scenario;
  /** Over the metadata; `undefined` takes a member away. */
  metadata: Readonly<Record<string, unknown>>;
  discovery: Answer | null;
  jwks: Answer | null;
  /** Over the published keys. */
  publishedKeys: ((keys: readonly JWK[]) => readonly JWK[]) | null;
}

/** One request that the peer got. */
export interface PeerRequest {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly parameters: URLSearchParams;
  /** Bytes of the answer that were taken; set once it is over. */
  sentBytes: number;
}

export const endpoints = [
  "discovery",
  "jwks",
  "authorize",
  "token",
  "userinfo",
  "revoke",
  "logout",
  /** Where metadata is after a redirect. */
  "moved",
  /** Where a stranger's keys are. */
  "evil",
] as const;

export type Endpoint = (typeof endpoints)[number];
