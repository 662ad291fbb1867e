import "server-only";
import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { mailOutbox, pendingIdentities, providerTokens, signingKeys } from "@/db/schema";
import type { GrantRow } from "./grant";
import { isSealedUnderOldKey, openSecret, sealSecret, type Place } from "./vault";

const batchSize = 200;

export interface ResealProgress {
  readonly seen: number;
  readonly resealed: number;
  /** Sealed under a key that is not configured, or spoilt. Left as they are. */
  readonly unreadable: number;
}

/**
 * Seals every stored secret under the newest key, so that the older ones can be taken out of TOKEN_ENCRYPTION_KEYS. It can
 * run beside the application and be stopped and started at will: a row that changes meanwhile was sealed anew by that.
 */
export async function resealTokens(
  db: Connection,
  report: (progress: ResealProgress) => void = () => undefined,
): Promise<ResealProgress> {
  let progress: ResealProgress = { seen: 0, resealed: 0, unreadable: 0 };
  const count = (outcomes: readonly Outcome[]): void => {
    progress = {
      seen: progress.seen + 1,
      resealed: progress.resealed + (outcomes.includes("resealed") ? 1 : 0),
      unreadable: progress.unreadable + (outcomes.includes("unreadable") ? 1 : 0),
    };
  };
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const rows = await db
      .select()
      .from(providerTokens)
      .where(gt(providerTokens.id, after))
      .orderBy(asc(providerTokens.id))
      .limit(batchSize);
    for (const row of rows) count(await resealGrant(db, row));
    report(progress);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  for (const key of await db.select().from(signingKeys)) {
    const { outcome, sealed } = reseal({ table: "signing_keys", kid: key.kid }, key.privateKeySealed);
    if (outcome === "resealed")
      await db.update(signingKeys).set({ privateKeySealed: sealed }).where(eq(signingKeys.kid, key.kid));
    count([outcome]);
  }
  for (const mail of await db.select().from(mailOutbox).where(isNotNull(mailOutbox.contentSealed))) {
    const { outcome, sealed } = reseal({ table: "mail_outbox", id: mail.id }, mail.contentSealed);
    // Not where the mail was delivered meanwhile: its content stays erased.
    const unchanged = and(eq(mailOutbox.id, mail.id), isNotNull(mailOutbox.contentSealed));
    if (outcome === "resealed") await db.update(mailOutbox).set({ contentSealed: sealed }).where(unchanged);
    count([outcome]);
  }
  for (const waiting of await db.select().from(pendingIdentities)) {
    const { id, userId, issuer, subject, tokensSealed } = waiting;
    const place = { table: "pending_identities", userId, issuer, subject } as const;
    const { outcome, sealed } = reseal(place, tokensSealed);
    // Not where the identity began to wait anew meanwhile, with other tokens.
    const unchanged = and(eq(pendingIdentities.id, id), eq(pendingIdentities.tokensSealed, tokensSealed));
    if (outcome === "resealed")
      await db.update(pendingIdentities).set({ tokensSealed: sealed }).where(unchanged);
    count([outcome]);
  }
  report(progress);
  return progress;
}

type Outcome = "current" | "resealed" | "unreadable";

async function resealGrant(db: Connection, row: GrantRow): Promise<readonly Outcome[]> {
  const place = { table: "provider_tokens", userId: row.userId, provider: row.provider } as const;
  const access = reseal({ ...place, column: "access_token" }, row.accessTokenSealed);
  const refresh = reseal({ ...place, column: "refresh_token" }, row.refreshTokenSealed);
  const id = reseal({ ...place, column: "id_token" }, row.idTokenSealed);
  const outcomes = [access.outcome, refresh.outcome, id.outcome];
  if (outcomes.includes("resealed"))
    await db
      .update(providerTokens)
      .set({ accessTokenSealed: access.sealed, refreshTokenSealed: refresh.sealed, idTokenSealed: id.sealed })
      .where(
        and(
          eq(providerTokens.id, row.id),
          sql`(${providerTokens.accessTokenSealed}, ${providerTokens.refreshTokenSealed}, ${providerTokens.idTokenSealed})
            is not distinct from (${row.accessTokenSealed}::text, ${row.refreshTokenSealed}::text, ${row.idTokenSealed}::text)`,
        ),
      );
  return outcomes;
}

function reseal<Sealed extends string | null>(
  place: Place,
  sealed: Sealed,
): { readonly outcome: Outcome; readonly sealed: Sealed | string } {
  if (sealed === null || !isSealedUnderOldKey(sealed)) return { outcome: "current", sealed };
  const opened = openSecret(place, sealed);
  return opened === null
    ? { outcome: "unreadable", sealed }
    : { outcome: "resealed", sealed: sealSecret(place, opened) };
}
