import "server-only";
import { revokeSessionByToken } from "./revoke-session";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { releaseGrants, type ReleasedGrant } from "@/lib/domain/tokens/release-grants";

/** What is left to do at the provider once a session has ended. Null when there was no live session. */
export interface SignedOut {
  readonly provider: string | null;
  readonly grants: readonly ReleasedGrant[];
}

/** Ends the session with this token and takes its grants out of the table, in one transaction. */
export function signOut(ctx: Context, token: string): Promise<SignedOut | null> {
  return inTransaction(ctx, async (tx) => {
    const session = await revokeSessionByToken(tx, token, "signed_out");
    if (session === null) return null;
    const grants = await releaseGrants(tx, { sessionId: session.id });
    await recordEvent(tx, { event: "session_logout", subjectId: session.userId, sessionId: session.id });
    return { provider: session.provider, grants };
  });
}
