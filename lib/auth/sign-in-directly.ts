import "server-only";
import type { Attempt } from "./attempt";
import { runAuth } from "./run";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { sessionCookieName } from "@/lib/web/session-cookie";

/**
 * Sends an attempt through one of Auth.js's credentials providers.
 * @returns the value for the session cookie, or null; the attempt holds the reason.
 */
export async function signInDirectly(
  attempt: Attempt,
  providerId: string,
  form: Record<string, string>,
): Promise<string | null> {
  try {
    const response = await runAuth(attempt, { method: "POST", action: `/callback/${providerId}`, form });
    const cookie = response.headers
      .getSetCookie()
      .find((header) => header.startsWith(`${sessionCookieName()}=`));
    const value = cookie?.slice(sessionCookieName().length + 1).split(";")[0];
    if (attempt.opened && value !== undefined) {
      revokeAfterResponse(attempt.released);
      return decodeURIComponent(value);
    }
  } catch (error) {
    attempt.error = error;
  }
  return null;
}
