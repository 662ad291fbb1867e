import { isHttps } from "@/lib/env";
import { baseMark } from "@/lib/shared/base-path";

/**
 * The name of a cookie of ours: `__Host-` over https (ASVS 3.3.1); a browser refuses that prefix over plain http. Every
 * application of a host is sent it, so below a base path the name tells ours from theirs.
 */
export function cookieName(part: string): string {
  return `${isHttps() ? "__Host-" : ""}gatehouse${baseMark}.${part}`;
}
