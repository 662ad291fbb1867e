import "server-only";
import type { Context } from "@/lib/domain/context";
import { limitOf, spend } from "@/lib/domain/rate-limits/counter";
import { networkOf } from "@/lib/domain/rate-limits/network-of";
import { log } from "@/lib/platform/log";

/** Counts an account about to be made, and says in how many seconds to come back when there were too many. */
export async function admitSignUp(ctx: Context): Promise<number | null> {
  const ofNetwork = await spend("sign_up_address", networkOf(ctx));
  const over = ofNetwork.points > limitOf("sign_up_address");
  const spent = over ? ofNetwork : await spend("sign_up_global", "everybody");
  if (!over && spent.points <= limitOf("sign_up_global")) return null;
  const { requestId, address } = ctx;
  log.warn({ event: "excess_rate_limit_exceeded", requestId, address }, "too many sign-ups");
  return spent.retryAfterSeconds;
}
