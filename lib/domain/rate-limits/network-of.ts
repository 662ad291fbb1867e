import "server-only";
import { addressPrefix } from "./address-prefix";
import type { Context } from "@/lib/domain/context";

/** The network that a request came from; all whose address is not known count as one. */
export function networkOf({ address }: Context): string {
  return address === null ? "unknown" : addressPrefix(address);
}
