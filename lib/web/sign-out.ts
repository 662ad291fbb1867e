import "server-only";
import { revokeAfterResponse } from "./revoke-grants";
import { cookieHeaderFor } from "./set-cookie";
import { cookieName } from "./cookie-name";
import { sessionCookieName, sessionCookieOptions } from "./session-cookie";
import type { Context } from "@/lib/domain/context";
import { endSessionUrl } from "@/lib/domain/oidc/end-session-url";
import { findProviderOf } from "@/lib/domain/oidc/provider-config";
import { signOut } from "@/lib/domain/sessions/sign-out";
import { environment } from "@/lib/env";
import { randomToken } from "@/lib/platform/crypto/token";
import { paths } from "@/lib/routes";

const stateLifetimeSeconds = 15 * 60;

export interface SignOutStep {
  /** Where the provider ends its session; null when this was all. */
  readonly location: string | null;
  /** The provider's session was to be ended and could not be. */
  readonly providerSessionRemains: boolean;
  readonly setCookies: readonly string[];
}

export function logoutStateCookieName(): string {
  return cookieName("logout-state");
}

/**
 * Ends the session of this browser: its row, its grants, the refresh token at the provider (after the answer), and, when
 * asked, the session at the provider of this session and no other.
 */
export async function endBrowserSession(
  ctx: Context,
  { token, everywhere }: { token: string | null; everywhere: boolean },
): Promise<SignOutStep> {
  const setCookies = [cookieHeaderFor(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 })];
  const ended = token === null ? null : await signOut(ctx, token);
  // A session that began with a password may hold tokens of an identity that was connected in it.
  if (ended !== null) revokeAfterResponse(ended.grants);
  const grant = ended?.grants.find((candidate) => candidate.provider === ended.provider);
  const provider = grant === undefined ? null : findProviderOf(grant);
  if (ended === null || provider === null)
    return { location: null, providerSessionRemains: false, setCookies };

  if (!everywhere) return { location: null, providerSessionRemains: false, setCookies };

  const state = randomToken();
  const location = await endSessionUrl(provider, {
    idToken: grant?.idToken ?? null,
    postLogoutRedirectUri: new URL(paths.signedOut, environment().AUTH_URL).href,
    state,
  });
  if (location === null) return { location, providerSessionRemains: true, setCookies };
  const stateCookie = cookieHeaderFor(logoutStateCookieName(), state, {
    ...sessionCookieOptions(),
    maxAge: stateLifetimeSeconds,
  });
  return { location, providerSessionRemains: false, setCookies: [...setCookies, stateCookie] };
}
