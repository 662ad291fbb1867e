import "server-only";
import { readPersonClaims } from "@/lib/domain/oidc/person-claims";
import type { SessionIdentity } from "@/lib/domain/sessions/find-session";
import type { ProfileView, Viewer } from "@/lib/shared/views";

/** What the profile page shows besides the viewer: the claims of the identity that the session was opened with. */
export function describeProfile(viewer: Viewer, identity: SessionIdentity): ProfileView {
  const claims = identity.claims ?? localClaims(viewer);
  const { nickname, email } = readPersonClaims(claims);
  return {
    claims,
    nickname: nickname ?? viewer.username,
    claimedEmail: email,
  };
}

/** A local account in the words of OpenID Connect Core 5.1. */
function localClaims(viewer: Viewer): Record<string, unknown> {
  return {
    sub: viewer.userId,
    ...(viewer.name !== null && { name: viewer.name }),
    ...(viewer.username !== null && { preferred_username: viewer.username }),
    ...(viewer.email !== null && { email: viewer.email, email_verified: viewer.emailVerified }),
  };
}
