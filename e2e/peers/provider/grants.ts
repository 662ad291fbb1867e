import { createHash, randomBytes } from "node:crypto";
import type { Scenario } from "./scenario";

/** One sign-in: what was asked for, and how it is to go. */
export interface Grant {
  readonly scenario: Scenario;
  readonly subject: string;
  readonly sessionId: string;
  readonly nonce: string | null;
  readonly challenge: string | null;
  readonly redirectUri: string;
  readonly scope: string;
}

export type Grants = ReturnType<typeof makeGrants>;

/** Codes and tokens, and the grant that each belongs to. */
export function makeGrants() {
  const held = {
    code: new Map<string, Grant>(),
    access: new Map<string, Grant>(),
    refresh: new Map<string, Grant>(),
  };
  return {
    give(kind: keyof typeof held, grant: Grant): string {
      const value = `${kind}-${randomBytes(24).toString("base64url")}`;
      held[kind].set(value, grant);
      return value;
    },
    /** Of a code or token that stays good. */
    find: (kind: keyof typeof held, value: string | null): Grant | undefined => held[kind].get(value ?? ""),
    /** Of a code or token that is good once. */
    take(kind: keyof typeof held, value: string | null): Grant | undefined {
      const grant = held[kind].get(value ?? "");
      held[kind].delete(value ?? "");
      return grant;
    },
  };
}

/** Whether a code verifier is the one that the challenge was made of (RFC 7636 section 4.6). */
export function matchesChallenge(verifier: string | null, challenge: string | null): boolean {
  return (
    challenge ===
    createHash("sha256")
      .update(verifier ?? "")
      .digest("base64url")
  );
}
