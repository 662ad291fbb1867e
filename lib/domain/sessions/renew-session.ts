import "server-only";
import { replaceSessionToken } from "./replace-session-token";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";

interface Input {
  /** The token that the browser holds; it stops working here. */
  readonly token: string;
  readonly confirmedAt: Date;
  readonly method: "password" | "oidc";
}

/**
 * Gives the session in use a new token because the person has proved anew who they are (ASVS 7.2.4). The row and what
 * hangs on it, the API grant first of all, stay. Null when the session has ended or was renewed meanwhile. Call it in a
 * transaction.
 */
export async function renewSession(
  ctx: PersonContext,
  { token, confirmedAt, method }: Input,
): ReturnType<typeof replaceSessionToken> {
  const { sessionId, userId } = ctx.actor.viewer;
  const renewed = await replaceSessionToken(ctx, { token, sessionId, confirmedAt });
  if (renewed !== null)
    await recordEvent(ctx, { event: "session_renewed", subjectId: userId, sessionId, details: { method } });
  return renewed;
}
