import "server-only";
import { afterResponse } from "./after-response";
import { verifyAccessToken } from "@/lib/domain/issuer/verify-access-token";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { needsTouch, touchSession } from "@/lib/domain/sessions/touch-session";
import { telemetry } from "@/lib/platform/telemetry/held";
import { failure, success, type Result } from "@/lib/shared/result";
import type { Viewer } from "@/lib/shared/views";

/** Why a bearer is nobody: RFC 6750 section 3.1 calls all but `malformed` `invalid_token`. */
export type BearerFault = "malformed" | "invalid" | "expired" | "session_ended";

const credentials = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The person behind an Authorization header with an access token of ours. The session table is asked every time, so a
 * token dies with its session; the person's permissions of now count, as far as the token's scope goes.
 */
export async function bearerViewer(authorization: string, now: Date): Promise<Result<Viewer, BearerFault>> {
  const token = credentials.exec(authorization)?.[1];
  if (token === undefined) return failure("malformed");
  const verified = await verifyAccessToken(token, now);
  if (!verified.ok) return failure(verified.error);
  const { sessionId, userId, scope } = verified.value;
  const found = await findSessionById(sessionId);
  telemetry()?.count("gatehouse.session_checks", { outcome: found === null ? "ended" : "live" });
  if (found?.viewer.userId !== userId) return failure("session_ended");
  if (needsTouch(found.lastSeenAt, now)) afterResponse(() => touchSession(sessionId, now));
  const permissions = found.viewer.permissions.filter((permission) => scope.includes(permission));
  return success({ ...found.viewer, permissions });
}
