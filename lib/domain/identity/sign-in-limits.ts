import "server-only";
import type { Context } from "@/lib/domain/context";
import { countCall } from "@/lib/domain/figures/count-call";
import { log } from "@/lib/platform/log";
import { networkOf } from "@/lib/domain/rate-limits/network-of";
import { forgive, limitOf, readSpent, spend, type Spent } from "@/lib/domain/rate-limits/counter";

/** `locked`: nobody gets in by this name for now, and the answer must not tell. */
export type SignInAdmission =
  | { readonly kind: "admitted" }
  | { readonly kind: "locked" }
  | { readonly kind: "refused"; readonly retryAfterSeconds: number };

const everybody = "everybody";

/**
 * Decides whether a password may be tried, before any hashing, and counts the try. Pair and account count every try
 * until it succeeds, so that parallel guesses cannot pass together; the network counts failures alone, so that an office
 * behind one address is not locked out by its own people. While there are very many failures everywhere, a network is
 * allowed few. The same for known and unknown names. (ASVS 6.3.1, 6.3.8)
 */
export async function admitSignIn(ctx: Context, identifier: string): Promise<SignInAdmission> {
  const network = networkOf(ctx);
  const [ofNetwork, ofAll] = await Promise.all([
    readSpent("sign_in_address", network),
    readSpent("sign_in_global", everybody),
  ]);
  const underAttack = ofAll.points >= limitOf("sign_in_global");
  const allowed = limitOf(underAttack ? "sign_in_address_under_attack" : "sign_in_address");
  if (ofNetwork.points >= allowed) return refused(ctx, ofNetwork);
  // One after the other: a refused try must not count towards the lock, or one network could lock anybody out.
  const ofPair = await spend("sign_in_pair", pairKey(ctx, identifier));
  if (ofPair.points > limitOf("sign_in_pair")) return refused(ctx, ofPair);
  const ofAccount = await spend("sign_in_account", identifier);
  if (ofAccount.points <= limitOf("sign_in_account")) return { kind: "admitted" };
  log.warn({ event: "authn_login_lock", ...originOf(ctx) }, "too many failed sign-ins by one name");
  return { kind: "locked" };
}

function refused(ctx: Context, { retryAfterSeconds }: Spent): SignInAdmission {
  log.warn({ event: "excess_rate_limit_exceeded", ...originOf(ctx) }, "too many failed sign-ins");
  countCall("sign_in_limit", "refused");
  return { kind: "refused", retryAfterSeconds };
}

function originOf({ requestId, address }: Context) {
  return { requestId, address };
}

/** Counts a failure against the address it came from. */
export async function countFailedSignIn(ctx: Context): Promise<void> {
  await Promise.all([spend("sign_in_address", networkOf(ctx)), spend("sign_in_global", everybody)]);
}

/** Gives back what {@link admitSignIn} counted: the password was right. */
export async function forgiveSignIn(ctx: Context, identifier: string): Promise<void> {
  await Promise.all([
    forgive("sign_in_pair", pairKey(ctx, identifier)),
    forgive("sign_in_account", identifier),
  ]);
}

function pairKey(ctx: Context, identifier: string): string {
  return `${networkOf(ctx)}\0${identifier}`;
}
