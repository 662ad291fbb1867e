import "server-only";
import type { NewSession } from "./create-session";
import { revokeSessionByToken } from "./revoke-session";
import type { Context } from "@/lib/domain/context";
import { releaseGrants, type ReleasedGrant } from "@/lib/domain/tokens/release-grants";

/** A session that a sign-in has opened, and the grants of the one it replaced, which are left to revoke. */
export interface SignedIn extends NewSession {
  readonly released: readonly ReleasedGrant[];
}

/**
 * Ends the session that the browser held before a sign-in (ASVS 7.2.4) and takes its tokens out of the table. Call it in
 * the transaction of the sign-in.
 */
export async function endReplacedSession(
  tx: Context,
  token: string | null,
): Promise<readonly ReleasedGrant[]> {
  const replaced = token === null ? null : await revokeSessionByToken(tx, token, "replaced_by_new_sign_in");
  return replaced === null ? [] : releaseGrants(tx, { sessionId: replaced.id });
}
