import { isIP } from "node:net";
import { peerAddress } from "./peer-address";

/**
 * The client's address: who opened the connection, or, with n trusted proxies in front, the n-th entry of
 * `X-Forwarded-For` from the right, which is what the outermost of them saw. Null when the entry is no address: anything
 * further left is written by strangers (ASVS 4.1.3).
 */
export function clientAddress(headers: Headers, trustedHops: number): string | null {
  if (trustedHops === 0) return peerAddress(headers);
  const entry = headers.get("x-forwarded-for")?.split(",").at(-trustedHops)?.trim();
  return entry !== undefined && isIP(entry) !== 0 ? entry : null;
}
