import "server-only";
import type { Context } from "@/lib/domain/context";
import { limitOf, readSpent, spend } from "@/lib/domain/rate-limits/counter";
import { networkOf } from "@/lib/domain/rate-limits/network-of";
import { log } from "@/lib/platform/log";

/**
 * Whether a network may send a logout token, before anything of it is verified. Refused tokens alone count, so that a
 * provider, whose tokens are good, is never held up by how many they are.
 * @returns the seconds to wait, or null when it may
 */
export async function logoutTokenDelaySeconds(ctx: Context): Promise<number | null> {
  const { points, retryAfterSeconds } = await readSpent("logout_token_address", networkOf(ctx));
  if (points < limitOf("logout_token_address")) return null;
  const { requestId, address } = ctx;
  log.warn({ event: "excess_rate_limit_exceeded", requestId, address }, "too many refused logout tokens");
  return retryAfterSeconds;
}

/** Counts a logout token that was refused against the network that it came from. */
export async function countRefusedLogoutToken(ctx: Context): Promise<void> {
  await spend("logout_token_address", networkOf(ctx));
}
