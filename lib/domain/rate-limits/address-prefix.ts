import "server-only";
import { isIPv4 } from "node:net";

/**
 * The network that an address belongs to: the first 24 bits of IPv4, the first 64 of IPv6, which is what one household
 * or one rented machine has.
 */
export function addressPrefix(address: string): string {
  if (isIPv4(address)) return address.split(".").slice(0, 3).join(".");
  // The URL parser writes IPv6 in its one canonical form, without leading zeros.
  const canonical = new URL(`http://[${address.split("%")[0] ?? ""}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill("0"), ...right].slice(0, 4).join(":");
}
