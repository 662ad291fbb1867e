import "server-only";
import { decodeJwt } from "jose";
import type { AccessToken } from "./access-token";

/** What may be said of an access token in a log, to find out why an API refuses it. Nothing here can be replayed. */
export function describeToken({ token, scope, expiresAt }: AccessToken) {
  try {
    const { aud, iss, exp } = decodeJwt(token);
    return { format: "jwt", aud, iss, exp, scope, expiresAt };
  } catch {
    return { format: "opaque", scope, expiresAt };
  }
}
