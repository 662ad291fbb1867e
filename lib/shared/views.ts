import type { Permission } from "./permissions";
import type { StartParameters } from "./start-parameters";

/**
 * What the application knows of a signed-in person for the length of one request.
 * Plain data, safe to render: it never holds a token, a digest or a password hash.
 */
export interface Viewer {
  readonly userId: string;
  readonly sessionId: string;
  /** Name to show: the name, else the user name, else the e-mail address, else "Somebody". */
  readonly displayName: string;
  readonly name: string | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  /** An https (or, in development, loopback) URL, or null. */
  readonly picture: string | null;
  /** Names of roles, the built-in ones and those of the table of roles. */
  readonly roles: readonly string[];
  readonly permissions: readonly Permission[];
  readonly method: SignInMethod;
  /** The provider's id and display name when the method is `oidc`. */
  readonly provider: { readonly id: string; readonly name: string } | null;
  readonly authenticatedAt: Date;
  /** When the person last proved who they are, at the sign-in or since; null when nothing says so. */
  readonly confirmedAt: Date | null;
  /** When the session ends however busy it is. */
  readonly expiresAt: Date;
  /** When the account was made. */
  readonly memberSince: Date;
}

/** True for somebody who gave an address that nobody has proved yet. Who gave none has nothing to prove. */
export function mustProveEmail({ email, emailVerified }: Viewer): boolean {
  return email !== null && !emailVerified;
}

export type SignInMethod = "password" | "oidc" | "email";

/** The profile page: the viewer and the latest identity claims of the identity signed in with. */
export interface ProfileView {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly nickname: string | null;
  /** The e-mail address in the claims, shown as not verified when the viewer has none of their own. */
  readonly claimedEmail: string | null;
}

/** One session of a person, for the list of devices. */
export interface SessionView {
  readonly id: string;
  readonly current: boolean;
  readonly method: SignInMethod;
  readonly providerName: string | null;
  /** For example "Chrome on Linux, computer"; "Unknown device" when the user agent says nothing. */
  readonly device: string;
  /** The network address, coarse: the last octet or the last 80 bits are left out. */
  readonly address: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** One identity of a person at a provider, for the list of connected identities. */
export interface IdentityView {
  readonly id: string;
  readonly providerName: string;
  readonly subject: string;
  /** As the provider last said; verified or not. */
  readonly email: string | null;
  readonly linkedAt: Date;
  readonly lastUsedAt: Date;
  /** The session in use was opened with it. */
  readonly current: boolean;
  /** Its provider is configured, so that it can be signed in with. */
  readonly offered: boolean;
  /** Without it nobody could sign in to this account. */
  readonly last: boolean;
}

/** An identity that waits to be confirmed. */
export interface PendingIdentityView {
  readonly providerName: string;
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
}

/** Why a message of the external API could not be shown. */
export type MessageFailure =
  | "unauthenticated"
  | "reconnect"
  /** The API wants a more recent or a stronger sign-in (RFC 9470). */
  | "step_up"
  /** The provider cannot renew the access token just now. */
  | "provider_unavailable"
  | "denied"
  | "not_found"
  | "broken"
  | "unreachable"
  | "slow"
  | "not_configured";

/** A button on the sign-in and sign-up pages. */
export interface ProviderView {
  readonly id: string;
  readonly name: string;
  readonly offersSignUp: boolean;
}

/** How a signed-in person can prove anew who they are. */
export interface ConfirmWays {
  readonly password: boolean;
  /** The one signed in with stands first. */
  readonly providers: readonly {
    readonly id: string;
    readonly name: string;
    /** OpenID Connect Core 3.1.2.1, `login_hint`. */
    readonly loginHint: string | null;
  }[];
}

/** Why a message could not be shown, with what helps. */
export interface MessageError {
  readonly code: MessageFailure;
  /** The permission that is missing, when `code` is `denied`. */
  readonly permission?: string;
  /** What a new sign-in must ask the provider for, when `code` is `step_up` (RFC 9470 section 3). */
  readonly stepUp?: StartParameters;
}
