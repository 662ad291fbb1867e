import "server-only";
import { sessionThatAsked, type Answered } from "./session-that-asked";
import type { Context } from "@/lib/domain/context";
import { offerAfterLogout } from "@/lib/domain/linking/offer-after-logout";
import { offerIdentity, type OfferRefusal } from "@/lib/domain/linking/offer-identity";
import { success, type Result } from "@/lib/shared/result";

interface Waiting {
  /** Binds the identity to this browser. */
  readonly token: string;
  /** The person has to log in again before they can confirm it. */
  readonly loggedOut: boolean;
}

/**
 * Keeps the identity for the session that asked to connect it, if this browser still has it and it still lives, or for its
 * person, if the provider has just logged them out.
 */
export async function offerToSession(
  ctx: Context,
  answered: Answered,
): Promise<Result<Waiting, OfferRefusal | "session_ended">> {
  const { identity, tokens, token, purpose } = answered;
  const asked = await sessionThatAsked(ctx, answered);
  const offered =
    asked === null
      ? await offerAfterLogout(ctx, { identity, tokens, token, sessionId: purpose.sessionId })
      : await offerIdentity(asked.person, { identity, tokens });
  return offered.ok ? success({ token: offered.value, loggedOut: asked === null }) : offered;
}
