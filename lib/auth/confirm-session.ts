import "server-only";
import type { Purpose } from "./purpose";
import type { Context } from "@/lib/domain/context";
import { confirmWithOidc } from "@/lib/domain/identity/confirm-with-oidc";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import { findSession } from "@/lib/domain/sessions/find-session";
import type { GrantTokens } from "@/lib/domain/tokens/store-grant";
import { failure } from "@/lib/shared/result";

interface Input {
  readonly purpose: Purpose;
  readonly identity: VerifiedIdentity;
  readonly tokens: GrantTokens;
  /** The session token that the browser holds. */
  readonly token: string | null;
}

/** Confirms the session that asked for it, if this browser still has it and it still lives. */
export async function confirmSession(
  ctx: Context,
  { purpose, identity, tokens, token }: Input,
): ReturnType<typeof confirmWithOidc> {
  const found = token === null ? null : await findSession(token);
  if (token === null || found?.viewer.sessionId !== purpose.sessionId) return failure("session_ended");
  const { startedAt } = purpose;
  const person = { ...ctx, actor: { kind: "person", viewer: found.viewer } } as const;
  return confirmWithOidc(person, { identity, tokens, token, startedAt });
}
