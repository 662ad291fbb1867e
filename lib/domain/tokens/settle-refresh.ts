import "server-only";
import { eq } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { providerTokens } from "@/db/schema";
import { openGrant, type Grant, type GrantRow } from "./grant";
import { endGrant, saveFailure, saveRefreshed } from "./save-refresh";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import { countCall } from "@/lib/domain/figures/count-call";
import type { RefreshOutcome } from "@/lib/domain/oidc/refresh-grant";
import { log } from "@/lib/platform/log";

/** What came of a renewal: a grant that is good, one that cannot be renewed just now, or none any more. */
export type Renewal =
  | { readonly kind: "current"; readonly grant: Grant }
  | { readonly kind: "unavailable" }
  | { readonly kind: "ended" };

/** Writes down what the provider answered to the refresh made with `row`. Call it in a transaction. */
export async function settleRefresh(ctx: Context, row: GrantRow, outcome: RefreshOutcome): Promise<Renewal> {
  const now = ctx.now();
  const facts = { requestId: ctx.requestId, provider: row.provider, grantId: row.id };
  switch (outcome.kind) {
    case "transient":
      log.warn(
        { event: "token_refresh_failed", ...facts, reason: outcome.reason },
        "a refresh failed for now",
      );
      await saveFailure(ctx.db, row, now);
      countCall("token_refresh", "failed");
      return { kind: "unavailable" };
    case "refused": {
      const newer = await replacementOf(ctx.db, row);
      if (newer !== null) return { kind: "current", grant: openGrant(newer) };
      log.warn(
        { event: "token_refresh_refused", ...facts, reason: outcome.reason },
        "a grant ended at its provider",
      );
      countCall("token_refresh", "refused");
      await endGrant(ctx.db, row, outcome.reason, now);
      await recordEvent(ctx, {
        event: "authn_token_revoked",
        subjectId: row.userId,
        sessionId: row.sessionId,
        details: { provider: row.provider, reason: outcome.reason },
      });
      return { kind: "ended" };
    }
    case "refreshed": {
      const saved = await saveRefreshed(ctx.db, row, outcome.tokens, now);
      if (saved === null) return { kind: "ended" };
      const rotated = outcome.tokens.refreshToken !== undefined;
      const lostScopes = missing(row.scope, saved.scope);
      if (lostScopes.length > 0)
        log.warn({ event: "token_scope_narrowed", ...facts, lostScopes }, "the provider narrowed a scope");
      log.info({ event: "token_refreshed", ...facts, rotated }, "an access token was renewed");
      countCall("token_refresh", "refreshed");
      return { kind: "current", grant: openGrant(saved) };
    }
  }
}

/** Read once more after a refusal: a newer sign-in, or an instance that had lost its lock, may have won. */
async function replacementOf(db: Connection, used: GrantRow): Promise<GrantRow | null> {
  const [row] = await db.select().from(providerTokens).where(eq(providerTokens.id, used.id));
  const replaced = row?.endedAt === null && row.accessTokenSealed !== used.accessTokenSealed;
  return replaced ? row : null;
}

function missing(before: string | null, after: string | null): string[] {
  const left = new Set(after?.split(" "));
  return (before ?? "").split(" ").filter((scope) => scope !== "" && !left.has(scope));
}
