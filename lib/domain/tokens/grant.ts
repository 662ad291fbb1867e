import "server-only";
import { and, eq } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { providerTokens } from "@/db/schema";
import { openSecret } from "./vault";

/** A row of `provider_tokens` as it is kept. */
export type GrantRow = typeof providerTokens.$inferSelect;

/** A grant with its tokens opened. A token is null when there is none or when the vault cannot open it. */
export interface Grant {
  readonly row: GrantRow;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
}

/** The grant of a session at a provider, ended or not; null when there never was one. */
export async function findGrant(
  db: Connection,
  { sessionId, provider }: { sessionId: string; provider: string },
): Promise<Grant | null> {
  const [row] = await db
    .select()
    .from(providerTokens)
    .where(and(eq(providerTokens.sessionId, sessionId), eq(providerTokens.provider, provider)));
  return row === undefined ? null : openGrant(row);
}

export function openGrant(row: GrantRow): Grant {
  const open = (column: "access_token" | "refresh_token", sealed: string | null): string | null =>
    sealed === null
      ? null
      : openSecret({ table: "provider_tokens", userId: row.userId, provider: row.provider, column }, sealed);
  return {
    row,
    accessToken: open("access_token", row.accessTokenSealed),
    refreshToken: open("refresh_token", row.refreshTokenSealed),
  };
}
