import "server-only";
import { errors, jwtVerify } from "jose";
import { z } from "zod";
import { ownIssuer } from "./api-audience";
import { verificationKey } from "./signing-keys";
import { failure, success, type Result } from "@/lib/shared/result";

/** Instances' clocks differ by this much at most. */
const clockToleranceSeconds = 5;

const claimsSchema = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  scope: z.string().transform((scope) => scope.split(" ")),
});

export interface VerifiedAccessToken {
  readonly userId: string;
  readonly sessionId: string;
  readonly scope: readonly string[];
}

/**
 * Verifies an access token of ours for our own API (RFC 9068 section 4): type, algorithm, signature, issuer, audience and
 * lifetime. Whether its session still lives is for the session table to say.
 */
export async function verifyAccessToken(
  token: string,
  now: Date,
): Promise<Result<VerifiedAccessToken, "expired" | "invalid">> {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? null : await verificationKey(kid, now);
        if (key === null) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        typ: "at+jwt",
        algorithms: ["ES256"],
        issuer: ownIssuer(),
        audience: ownIssuer(),
        requiredClaims: ["sub", "sid", "exp", "iat", "jti", "client_id"],
        clockTolerance: clockToleranceSeconds,
        currentDate: now,
      },
    );
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) return failure("invalid");
    return success({ userId: claims.data.sub, sessionId: claims.data.sid, scope: claims.data.scope });
  } catch (error) {
    if (error instanceof errors.JWTExpired) return failure("expired");
    if (error instanceof errors.JOSEError) return failure("invalid");
    throw error;
  }
}
