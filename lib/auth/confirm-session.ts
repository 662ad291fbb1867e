import "server-only";
import { sessionThatAsked, type Answered } from "./session-that-asked";
import type { Context } from "@/lib/domain/context";
import { confirmWithOidc } from "@/lib/domain/identity/confirm-with-oidc";
import { failure } from "@/lib/shared/result";

/** Confirms the session that asked for it, if this browser still has it and it still lives. */
export async function confirmSession(ctx: Context, answered: Answered): ReturnType<typeof confirmWithOidc> {
  const asked = await sessionThatAsked(ctx, answered);
  if (asked === null) return failure("session_ended");
  const { identity, tokens, purpose } = answered;
  return confirmWithOidc(asked.person, {
    identity,
    tokens,
    token: asked.token,
    startedAt: purpose.startedAt,
  });
}
