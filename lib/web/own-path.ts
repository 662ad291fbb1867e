import "server-only";
import { safeReturnPath } from "./safe-return-path";
import { environment } from "@/lib/env";

/** The path that an address of this site names, whole or by its path alone; null for every other address. */
export function ownPath(address: string | null): string | null {
  const { AUTH_URL } = environment();
  return safeReturnPath(
    address?.startsWith(`${AUTH_URL}/`) === true ? address.slice(AUTH_URL.length) : address,
  );
}
