import { isIP } from "node:net";

/**
 * The client's address by `X-Forwarded-For`, counted from the right: with n trusted proxies in front, the n-th entry
 * from the end is what the outermost of them saw. Null when no proxy is trusted or the entry is no address: anything
 * further left is written by strangers (ASVS 4.1.3).
 */
export function clientAddress(forwardedFor: string | null, trustedHops: number): string | null {
  if (forwardedFor === null || trustedHops === 0) return null;
  const entry = forwardedFor.split(",").at(-trustedHops)?.trim();
  return entry !== undefined && isIP(entry) !== 0 ? entry : null;
}
