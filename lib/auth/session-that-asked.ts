import "server-only";
import type { Purpose } from "./purpose";
import type { Context, PersonContext } from "@/lib/domain/context";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import { findSession } from "@/lib/domain/sessions/find-session";
import type { GrantTokens } from "@/lib/domain/tokens/store-grant";

/** A provider's answer to what a session asked for. */
export interface Answered {
  readonly purpose: Purpose;
  readonly identity: VerifiedIdentity;
  readonly tokens: GrantTokens;
  /** The session token that the browser holds. */
  readonly token: string | null;
}

/** The person whose session asked, if this browser still has that session and it still lives. */
export async function sessionThatAsked(
  ctx: Context,
  { purpose, token }: Answered,
): Promise<{ readonly person: PersonContext; readonly token: string } | null> {
  const found = token === null ? null : await findSession(token);
  if (token === null || found?.viewer.sessionId !== purpose.sessionId) return null;
  return { person: { ...ctx, actor: { kind: "person", viewer: found.viewer } }, token };
}
