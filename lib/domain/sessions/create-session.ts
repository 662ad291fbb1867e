import "server-only";
import { noteSeen } from "./note-seen";
import { sessions } from "@/db/schema";
import { syncConfiguredAdministrator } from "@/lib/domain/access/configured-administrator";
import { keepAccount } from "@/lib/domain/account/keep-account";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import { environment } from "@/lib/env";
import type { SignInMethod } from "@/lib/shared/views";
import { randomToken, tokenDigest } from "@/lib/platform/crypto/token";

interface OidcOrigin {
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly providerSessionId: string | null;
  readonly acr: string | null;
  readonly amr: string[] | null;
  /** The provider's `auth_time`, else now. */
  readonly authenticatedAt: Date;
  /** The provider's `auth_time`; null when it did not say. */
  readonly confirmedAt: Date | null;
}

interface NewSessionInput {
  readonly userId: string;
  readonly oidc?: OidcOrigin;
  /** What was proved here; of no account when a provider said who it is. */
  readonly method?: keyof typeof amrOf;
}

/** The claim `amr` (RFC 8176 section 2) of what is proved here. A mailed code or link is a password that works once. */
const amrOf = { password: ["pwd"], email: ["otp"] } satisfies Partial<Record<SignInMethod, string[]>>;

export interface NewSession {
  readonly id: string;
  /** Goes into the cookie and nowhere else. */
  readonly token: string;
}

/**
 * Opens a session for a person who has just proved who they are, and keeps how (`amr`). Every way in ends here: what is
 * missing for a session beyond that proof is to be asked before (decision 0059). Call it within the transaction of the
 * sign-in, after `admitPerson`.
 */
export async function createSession(
  ctx: Context,
  { userId, oidc, method: proved = "password" }: NewSessionInput,
): Promise<NewSession> {
  const env = environment();
  const token = randomToken();
  const now = ctx.now();
  const method: SignInMethod = oidc === undefined ? proved : "oidc";
  const [row] = await ctx.db
    .insert(sessions)
    .values({
      tokenDigest: tokenDigest(token),
      userId,
      method,
      amr: amrOf[proved],
      ...oidc,
      authenticatedAt: oidc?.authenticatedAt ?? now,
      confirmedAt: oidc === undefined ? now : oidc.confirmedAt,
      userAgent: ctx.userAgent?.slice(0, 512) ?? null,
      address: ctx.address,
      createdAt: now,
      lastSeenAt: now,
      idleTimeoutSeconds: env.SESSION_IDLE_TIMEOUT_SECONDS,
      expiresAt: new Date(now.getTime() + env.SESSION_ABSOLUTE_LIFETIME_SECONDS * 1000),
    })
    .returning({ id: sessions.id });
  if (row === undefined) throw new Error("the session row was not returned");
  await keepAccount(ctx, userId);
  await noteSeen(ctx.db, userId, now);
  await syncConfiguredAdministrator(ctx, userId);
  await recordEvent(ctx, {
    event: "authn_login_success",
    subjectId: userId,
    sessionId: row.id,
    details: { method, ...(oidc && { provider: oidc.provider }) },
  });
  return { id: row.id, token };
}
