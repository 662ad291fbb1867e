import { withinBase } from "@/lib/shared/base-path";

const maxLength = 2_000;
const nowhere = "http://return.invalid";
/** Places that make no sense to come back to: they answer no page, or they would send the person round in a circle. */
const refused = [/^\/api(\/|$)/, /^\/auth(\/|$)/, /^\/_next(\/|$)/, /^\/login$/, /^\/sign-up$/];

/**
 * The one validator for return-to values. Gives back a path of this application with its query and fragment, or null for
 * everything else: other origins in any disguise, the rest of a host that is shared, control characters, backslashes, and
 * paths that lead nowhere. (RFC 9700 section 4.11, ASVS 3.7.2)
 */
export function safeReturnPath(value: unknown): string | null {
  if (typeof value !== "string" || value.length > maxLength || !value.startsWith("/")) return null;
  if (/[\\\p{Cc}]/u.test(value)) return null;
  if (!URL.canParse(value, nowhere)) return null;
  const url = new URL(value, nowhere);
  if (url.origin !== nowhere) return null;
  const path = url.pathname + url.search + url.hash;
  const inside = withinBase(url.pathname);
  if (inside === null) return null;
  // Dots can be folded into a second slash at the front, which a browser reads as another host.
  if (path.startsWith("//") || refused.some((pattern) => pattern.test(inside))) return null;
  return path;
}
