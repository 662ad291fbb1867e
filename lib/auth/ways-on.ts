import "server-only";
import type { Attempt } from "./attempt";
import type { Purpose } from "./purpose";
import { confirmNotices, confirmPath, identitiesPath, loginPath, paths } from "@/lib/routes";

/** Where somebody comes back to who changed their mind at the provider. */
export function cancelledPath(purpose: Purpose | null, returnTo: string | null): string {
  switch (purpose?.kind) {
    case undefined:
      return loginPath(returnTo ?? undefined, "cancelled");
    case "confirm":
      return confirmPath(purpose.returnTo, "cancelled");
    case "link":
      return identitiesPath("not-connected");
  }
}

/** The page where somebody goes on whose answer opened no session; null when that is the outcome page. */
export function wayOn({ purpose, refusal }: Attempt): string | null {
  if (purpose === null) return null;
  if (refusal === "session_ended") return loginPath(purpose.returnTo ?? undefined, "session-ended");
  if (refusal === "identity_waits") return paths.connectIdentity;
  if (refusal === "identity_waits_for_login") return loginPath(paths.connectIdentity, "provider-logged-out");
  if (refusal === "identity_linked_already") return identitiesPath("connected-already");
  const notice = confirmNotices.find((name) => name === refusal);
  return notice === undefined ? null : confirmPath(purpose.returnTo, notice);
}
