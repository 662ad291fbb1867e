import "server-only";
import { apiSuccess } from "@/lib/web/api-answer";
import { apiRoute } from "@/lib/web/api-route";

/** Who the caller is. The session's id stays inside. */
export const GET = apiRoute({}, ({ actor: { viewer } }) => {
  const { userId, displayName, name, username, email, emailVerified, picture } = viewer;
  const { roles, permissions, method, provider, authenticatedAt, expiresAt } = viewer;
  const person = { userId, displayName, name, username, email, emailVerified, picture };
  return Promise.resolve(
    apiSuccess({ ...person, roles, permissions, method, provider, authenticatedAt, expiresAt }),
  );
});
