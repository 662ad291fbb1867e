import "server-only";
import { database } from "@/db/client";
import { lastsLongEnough, validToken } from "./access-token";
import { openGrant, type Grant, type GrantRow } from "./grant";
import { isLockTimeout, rowLock, type GrantLock } from "./grant-lock";
import { saveFailure } from "./save-refresh";
import { settleRefresh, type Renewal } from "./settle-refresh";
import { inTransaction, type Context } from "@/lib/domain/context";
import { countCall } from "@/lib/domain/figures/count-call";
import { providerMetadata, type ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { refreshGrant, type RefreshOutcome } from "@/lib/domain/oidc/refresh-grant";
import { log } from "@/lib/platform/log";

interface Input {
  readonly grant: GrantRow;
  readonly provider: ProviderConfig;
  readonly minimumValiditySeconds: number;
  /** The access token that an API refused although it looked valid. */
  readonly rejected?: string | undefined;
  readonly timeoutMilliseconds?: number | undefined;
}

interface Attempt {
  asked?: { readonly row: GrantRow; readonly outcome: Promise<RefreshOutcome> };
  lockLost: boolean;
}

/**
 * Renews a grant at the provider unless somebody else has done so by the time the lock is had. A refresh token that the
 * provider rotates is used once, however many instances there are. See docs/flows/refresh.md.
 */
export async function renewGrant(ctx: Context, input: Input, lock: GrantLock = rowLock): Promise<Renewal> {
  const metadata = await reachableMetadata(ctx, input);
  if (metadata === null) return { kind: "unavailable" };
  const attempt: Attempt = { lockLost: false };
  try {
    const renewal = await lock(input.grant.id, async ({ row, db }) => {
      const grant = openGrant(row);
      const settled = withoutProvider(ctx, input, grant);
      if (settled !== null) return settled;
      attempt.asked = { row, outcome: askProvider(input, metadata, grant) };
      const outcome = await attempt.asked.outcome;
      return attempt.lockLost ? never() : settleRefresh({ ...ctx, db }, row, outcome);
    });
    return renewal ?? { kind: "ended" };
  } catch (error) {
    if (isLockTimeout(error)) return { kind: "unavailable" };
    if (attempt.asked === undefined) throw error;
    // The connection with the lock broke while the provider was asked. Its answer exists in this process alone.
    attempt.lockLost = true;
    const { row, outcome } = attempt.asked;
    log.warn(
      { event: "refresh_lock_lost", requestId: ctx.requestId, cause: error },
      "a refresh is saved without its lock",
    );
    const answer = await outcome;
    return inTransaction({ ...ctx, db: database() }, (tx) => settleRefresh(tx, row, answer));
  }
}

/** Nothing more may be sent on a connection that is gone, not even the end of its transaction. */
function never(): Promise<never> {
  return new Promise(() => undefined);
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

function askProvider({ provider, timeoutMilliseconds }: Input, metadata: ProviderMetadata, grant: Grant) {
  const refreshToken = grant.refreshToken ?? "";
  return refreshGrant(provider, metadata, { refreshToken, subject: grant.row.subject, timeoutMilliseconds });
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
    countCall("token_refresh", "failed");
    await saveFailure(database(), grant, ctx.now());
    return null;
  }
}
