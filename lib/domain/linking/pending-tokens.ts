import "server-only";
import { z } from "zod";
import { openSecret, sealSecret } from "@/lib/domain/tokens/vault";
import type { GrantTokens } from "@/lib/domain/tokens/store-grant";

const schema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  idToken: z.string().optional(),
  scope: z.string().optional(),
  expiresInSeconds: z.unknown().optional(),
});

interface Owner {
  readonly userId: string;
  readonly issuer: string;
  readonly subject: string;
}

/** The tokens of an identity that waits, sealed for that identity and the person who may confirm it. */
export function sealTokens({ userId, issuer, subject }: Owner, tokens: GrantTokens): string {
  return sealSecret({ table: "pending_identities", userId, issuer, subject }, JSON.stringify(tokens));
}

/** The tokens again; null when the vault cannot open them. */
export function openTokens({ userId, issuer, subject }: Owner, sealed: string): GrantTokens | null {
  const text = openSecret({ table: "pending_identities", userId, issuer, subject }, sealed);
  return text === null ? null : schema.parse(JSON.parse(text));
}
