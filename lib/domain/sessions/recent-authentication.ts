import "server-only";
import type { PersonContext } from "@/lib/domain/context";
import { environment } from "@/lib/env";

/**
 * Whether the person proved who they are within the last `RECENT_AUTHENTICATION_SECONDS` (ASVS 7.5.1). The first line of
 * every verb that a stolen session must not reach; it fails with `authentication_not_recent`, and the person goes
 * through the page at `paths.confirm`.
 */
export function isRecentlyAuthenticated({ actor: { viewer }, now }: PersonContext): boolean {
  if (viewer.confirmedAt === null) return false;
  const age = now().getTime() - viewer.confirmedAt.getTime();
  return age <= environment().RECENT_AUTHENTICATION_SECONDS * 1000;
}
