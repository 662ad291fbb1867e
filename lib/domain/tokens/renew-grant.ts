import "server-only";
import { eq } from "drizzle-orm";
import { database, type Connection } from "@/db/client";
import { providerTokens } from "@/db/schema";
import { lastsLongEnough, validToken } from "./access-token";
import { openGrant, type Grant, type GrantRow } from "./grant";
import { isLockTimeout, rowLock, type GrantLock } from "./grant-lock";
import { endGrant, saveFailure, saveRefreshed } from "./save-refresh";
import type { GrantTokens } from "./store-grant";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import { providerMetadata, type ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { refreshGrant } from "@/lib/domain/oidc/refresh-grant";
import { log } from "@/lib/platform/log";

/** What came of it: a grant that is good, one that cannot be renewed just now, or none any more. */
export type Renewal =
  | { readonly kind: "current"; readonly grant: Grant }
  | { readonly kind: "unavailable" }
  | { readonly kind: "ended" };

interface Input {
  readonly grant: GrantRow;
  readonly provider: ProviderConfig;
  readonly minimumValiditySeconds: number;
  /** The access token that an API refused although it looked valid. */
  readonly rejected?: string | undefined;
  readonly timeoutMilliseconds?: number | undefined;
}

/**
 * Renews a grant at the provider unless somebody else has done so by the time the lock is had. A refresh token that the
 * provider rotates is used once, however many instances there are. See docs/flows/refresh.md.
 */
export async function renewGrant(ctx: Context, input: Input, lock: GrantLock = rowLock): Promise<Renewal> {
  const metadata = await reachableMetadata(ctx, input);
  if (metadata === null) return { kind: "unavailable" };
  const answer: { received?: { used: GrantRow; tokens: GrantTokens } } = {};
  try {
    const renewal = await lock(input.grant.id, async ({ row, db }) => {
      const grant = openGrant(row);
      const settled = withoutProvider(ctx, input, grant);
      return settled ?? askProvider({ ...ctx, db }, input, metadata, grant, answer);
    });
    return renewal ?? { kind: "ended" };
  } catch (error) {
    if (isLockTimeout(error)) return { kind: "unavailable" };
    if (answer.received === undefined) throw error;
    // The provider has answered and the commit failed: these tokens exist in this process alone.
    log.warn(
      { event: "token_refresh_saved_late", requestId: ctx.requestId, cause: error },
      "a refresh was saved late",
    );
    const { used, tokens } = answer.received;
    const row = await saveRefreshed(database(), used, tokens, ctx.now());
    return row === null ? { kind: "unavailable" } : { kind: "current", grant: openGrant(row) };
  }
}

/** What the row says once it is locked, when that is enough. */
function withoutProvider(
  ctx: Context,
  { rejected, minimumValiditySeconds }: Input,
  grant: Grant,
): Renewal | null {
  const now = ctx.now();
  if (grant.row.endedAt !== null || grant.refreshToken === null) return { kind: "ended" };
  if (validToken(grant, now, rejected) !== null && lastsLongEnough(grant, now, minimumValiditySeconds))
    return { kind: "current", grant };
  return isBackingOff(grant.row, now) ? { kind: "unavailable" } : null;
}

/** True while the provider is left alone after a failure. */
export function isBackingOff(row: GrantRow, now: Date): boolean {
  return row.retryAfter !== null && row.retryAfter > now;
}

async function askProvider(
  ctx: Context,
  { provider, timeoutMilliseconds }: Input,
  metadata: ProviderMetadata,
  { row, refreshToken }: Grant,
  answer: { received?: { used: GrantRow; tokens: GrantTokens } },
): Promise<Renewal> {
  const facts = { requestId: ctx.requestId, provider: provider.id, grantId: row.id };
  const outcome = await refreshGrant(provider, metadata, {
    refreshToken: refreshToken ?? "",
    subject: row.subject,
    timeoutMilliseconds,
  });
  const now = ctx.now();
  if (outcome.kind === "transient") {
    log.warn({ event: "token_refresh_failed", ...facts, reason: outcome.reason }, "a refresh failed for now");
    await saveFailure(ctx.db, row, now);
    return { kind: "unavailable" };
  }
  if (outcome.kind === "refused") {
    const newer = await replacedBy(ctx.db, row);
    if (newer !== null) return { kind: "current", grant: openGrant(newer) };
    log.warn(
      { event: "token_refresh_refused", ...facts, reason: outcome.reason },
      "the provider ended a grant",
    );
    await endGrant(ctx.db, row, outcome.reason, now);
    await recordEvent(ctx, {
      event: "authn_token_revoked",
      subjectId: row.userId,
      sessionId: row.sessionId,
      details: { provider: provider.id, reason: outcome.reason },
    });
    return { kind: "ended" };
  }
  answer.received = { used: row, tokens: outcome.tokens };
  const saved = await saveRefreshed(ctx.db, row, outcome.tokens, now);
  if (saved === null) return { kind: "ended" };
  const narrowed = lostScopes(row.scope, saved.scope);
  if (narrowed.length > 0)
    log.warn({ event: "token_scope_narrowed", ...facts, lost: narrowed }, "the provider narrowed a scope");
  log.info(
    { event: "token_refreshed", ...facts, rotated: outcome.tokens.refreshToken !== undefined },
    "token refreshed",
  );
  return { kind: "current", grant: openGrant(saved) };
}

/** Read once more after a refusal: a newer sign-in, or an instance that lost its lock, may have won. */
async function replacedBy(db: Connection, used: GrantRow): Promise<GrantRow | null> {
  const [row] = await db.select().from(providerTokens).where(eq(providerTokens.id, used.id));
  const replaced = row?.endedAt === null && row.accessTokenSealed !== used.accessTokenSealed;
  return replaced ? row : null;
}

async function reachableMetadata(ctx: Context, { grant, provider }: Input): Promise<ProviderMetadata | null> {
  try {
    return await providerMetadata(provider);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn(
      { event: "token_refresh_failed", requestId: ctx.requestId, cause: error },
      "the provider cannot be reached",
    );
    await saveFailure(database(), grant, ctx.now());
    return null;
  }
}

function lostScopes(before: string | null, after: string | null): string[] {
  const left = new Set(after?.split(" "));
  return (before ?? "").split(" ").filter((scope) => scope !== "" && !left.has(scope));
}
