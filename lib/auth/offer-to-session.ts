import "server-only";
import { sessionThatAsked, type Answered } from "./session-that-asked";
import type { Context } from "@/lib/domain/context";
import { offerIdentity, type OfferRefusal } from "@/lib/domain/linking/offer-identity";
import { failure, type Result } from "@/lib/shared/result";

/** Keeps the identity for the session that asked to connect it, if this browser still has it and it still lives. */
export async function offerToSession(
  ctx: Context,
  answered: Answered,
): Promise<Result<string, OfferRefusal | "session_ended">> {
  const asked = await sessionThatAsked(ctx, answered);
  if (asked === null) return failure("session_ended");
  const { identity, tokens } = answered;
  return offerIdentity(asked.person, { identity, tokens });
}
