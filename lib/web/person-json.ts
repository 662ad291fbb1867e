import "server-only";
import { z } from "zod";
import { permissions } from "@/lib/shared/permissions";
import type { Viewer } from "@/lib/shared/views";

/** What our API says of anybody. */
export const personFields = {
  userId: z.uuid(),
  displayName: z.string(),
  name: z.string().nullable(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  picture: z.string().nullable(),
  roles: z.array(z.string()),
};

const own = { ...personFields, permissions: z.array(z.enum(permissions)) };

/** A person and the session that they are asking by. */
export const personSchema = z.object({
  ...own,
  method: z.enum(["password", "oidc", "email"]),
  provider: z.object({ id: z.string(), name: z.string() }).nullable(),
  authenticatedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

/** A person's own account. */
export const accountSchema = z.object({ ...own, memberSince: z.iso.datetime() });

/** A person as our API tells them about themselves. The session's id stays inside. */
export function personJson(viewer: Viewer): z.output<typeof personSchema> {
  const { method, provider, authenticatedAt, expiresAt } = viewer;
  return {
    ...whoJson(viewer),
    ...{ method, provider },
    authenticatedAt: authenticatedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

export function accountJson(viewer: Viewer): z.output<typeof accountSchema> {
  return { ...whoJson(viewer), memberSince: viewer.memberSince.toISOString() };
}

function whoJson({ userId, displayName, name, username, email, emailVerified, picture, ...viewer }: Viewer) {
  const { roles: held, permissions: allowed } = viewer;
  const who = { userId, displayName, name, username, email, emailVerified, picture };
  return { ...who, roles: [...held], permissions: [...allowed] };
}
