import "server-only";
import { skipCSRFCheck } from "@auth/core";
import type { NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { authAdapter } from "./adapter";
import type { Attempt } from "./attempt";
import { transactionCookies } from "./cookies";
import { oidcProvider } from "./oidc-provider";
import { openSession, verifyCallback } from "./open-session";
import { checkEmailProof } from "@/lib/domain/identity/check-email-proof";
import { checkPassword } from "@/lib/domain/identity/check-password";
import { signInSchema } from "@/lib/domain/identity/schemas";
import { environment } from "@/lib/env";
import { sealSessionCookie } from "@/lib/platform/crypto/session-cookie";
import { apiPaths, paths } from "@/lib/routes";
import { ownPath } from "@/lib/web/own-path";
import { sessionCookieName, sessionCookieOptions } from "@/lib/web/session-cookie";

export const passwordProviderId = "password";
export const emailProviderId = "email";

/** The configuration of Auth.js for one request. */
export async function authConfig(attempt: Attempt): Promise<NextAuthConfig> {
  const env = environment();
  const maxAge = env.SESSION_ABSOLUTE_LIFETIME_SECONDS;
  return {
    basePath: apiPaths.auth,
    secret: env.AUTH_SECRET,
    trustHost: true,
    // Every door to Auth.js checks the Origin header before it gets here.
    skipCSRFCheck,
    adapter: authAdapter(attempt.provider),
    session: { strategy: "jwt", maxAge },
    pages: { signIn: paths.login, error: paths.outcome },
    cookies: {
      ...transactionCookies(),
      sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() },
    },
    jwt: {
      maxAge,
      encode: ({ token }) => sealSessionCookie(sessionTokenOf(token), env.AUTH_SECRET),
      // Auth.js would join a new identity to the user of whatever cookie it can decode, a revoked one included. No
      // cookie tells it anything: who is signed in is the session table's to say.
      decode: () => null,
    },
    providers: [
      Credentials({
        id: passwordProviderId,
        credentials: { identifier: {}, password: {} },
        authorize: async (input) => {
          const parsed = signInSchema.safeParse(input);
          const checked = parsed.success ? await checkPassword(attempt.ctx, parsed.data) : null;
          if (checked?.ok === true) {
            attempt.password = checked.value;
            return { id: checked.value.userId };
          }
          attempt.passwordRefusal = checked?.error ?? { code: "invalid_credentials" };
          return null;
        },
      }),
      Credentials({
        id: emailProviderId,
        // The code or link waits in the attempt: nothing of a sign-in by mail passes through Auth.js.
        credentials: {},
        authorize: async () => {
          if (attempt.emailProof === null) return null;
          const checked = await checkEmailProof(attempt.ctx, attempt.emailProof);
          if (checked.ok) {
            attempt.proved = checked.value;
            return { id: checked.value.userId };
          }
          attempt.emailRefusal = checked.error;
          return null;
        },
      }),
      ...(attempt.provider === null ? [] : [await oidcProvider(attempt.provider)]),
    ],
    callbacks: {
      signIn: ({ account }) => verifyCallback(attempt, account),
      jwt: async ({ account }) => ({ sessionToken: await openSession(attempt, account) }),
      redirect: ({ url }) => new URL(ownPath(url) ?? paths.profile, env.AUTH_URL).href,
    },
    logger: {
      error: (error) => {
        attempt.error = error;
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

function sessionTokenOf(token: Record<string, unknown> | undefined): string {
  const value = token?.["sessionToken"];
  if (typeof value !== "string") throw new TypeError("there is no session to write into the cookie");
  return value;
}
