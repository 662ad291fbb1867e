import type { Viewer } from "@/lib/shared/views";

/** A person as our API tells them about themselves. The session's id stays inside. */
export function personJson(viewer: Viewer): Record<string, unknown> {
  const { userId, displayName, name, username, email, emailVerified, picture } = viewer;
  const { roles, permissions, method, provider, authenticatedAt, expiresAt } = viewer;
  const person = { userId, displayName, name, username, email, emailVerified, picture };
  return { ...person, roles, permissions, method, provider, authenticatedAt, expiresAt };
}
