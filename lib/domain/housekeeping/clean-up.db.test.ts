import { randomUUID } from "node:crypto";
import { eq, getTableName, is, sql } from "drizzle-orm";
import { PgTable, type PgUpdateSetSource } from "drizzle-orm/pg-core";
import { beforeAll, describe, expect, it } from "vitest";
import { cleanUp } from "./clean-up";
import { database } from "@/db/client";
import * as schema from "@/db/schema";
import { requestDeletion } from "@/lib/domain/account/request-deletion";
import type { PersonContext } from "@/lib/domain/context";
import { takePictureUrl } from "@/lib/domain/profile/change-picture";
import { createSession } from "@/lib/domain/sessions/create-session";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { contextOf, localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { issueProof } from "@/lib/domain/verification/issue-proof";

const { users, sessions, seenTokenIds, oneTimeProofs, auditEvents } = schema;
const tables: PgTable[] = Object.values(schema).filter((candidate) => is(candidate, PgTable));

/** What the tests of other files have left to be deleted. */
beforeAll(() => cleanUp(database()));

/** A person with something in as many tables as there are, who has asked to be deleted. */
async function leaver(): Promise<{ ctx: PersonContext; email: string }> {
  const ctx = await localPerson();
  const { userId } = ctx.actor.viewer;
  const email = `${randomUUID()}@example.com`;
  await database().update(users).set({ email, emailVerified: new Date() }).where(eq(users.id, userId));
  await takePictureUrl({ ...ctx, address: "192.0.2.7" }, { pictureUrl: "https://img.example.org/me.png" });
  await database()
    .insert(schema.userPictures)
    .values({ userId, content: new Uint8Array([1]) });
  await issueProof(ctx, { purpose: "verify_email", userId, email });
  expect(await requestDeletion(ctx)).toMatchObject({ ok: true });
  return { ctx, email };
}

async function dueSince(userId: string, interval: string): Promise<void> {
  await database()
    .update(users)
    .set({ deletionDueAt: sql`now() - ${interval}::interval` })
    .where(eq(users.id, userId));
}

/** The tables whose rows still hold one of these texts. */
async function tablesWith(...texts: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await database().execute<{ row: string }>(
      sql`select to_jsonb(t)::text as row from ${table} t`,
    );
    if (rows.some(({ row }) => texts.some((text) => row.includes(text)))) found.push(getTableName(table));
  }
  return found;
}

describe("an account whose days of grace are over", () => {
  it("is gone from every table but the audit log, which says nothing about the person", async () => {
    const { ctx, email } = await leaver();
    const { userId } = ctx.actor.viewer;
    await dueSince(userId, "1 second");
    expect(await cleanUp(database())).toMatchObject({ accounts: 1 });
    expect(await tablesWith(userId, email)).toEqual(["audit_events"]);
    const events = await database().select().from(auditEvents).where(eq(auditEvents.subjectId, userId));
    expect(events.map(({ event }) => event)).toContain("user_deleted");
    expect(events.filter(({ address }) => address !== null)).toEqual([]);
    expect(
      JSON.stringify(events, (_, value: unknown) => (typeof value === "bigint" ? "" : value)),
    ).not.toContain(email);
  });

  it("is kept until then, and for good when the person signs in", async () => {
    const { ctx } = await leaver();
    const { userId, sessionId } = ctx.actor.viewer;
    expect(await findSessionById(sessionId)).toBeNull();
    expect(await cleanUp(database())).toMatchObject({ accounts: 0 });
    const [waiting] = await database().select().from(users).where(eq(users.id, userId));
    const days = ((waiting?.deletionDueAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.1);

    await createSession(visitorContext(), { userId });
    const [back] = await database().select().from(users).where(eq(users.id, userId));
    expect(back?.deletionDueAt).toBeNull();
    expect(await cleanUp(database())).toMatchObject({ accounts: 0 });
    expect(await database().select().from(users).where(eq(users.id, userId))).toHaveLength(1);
  });

  it("is not asked for by a session without a recent proof", async () => {
    const { actor } = await localPerson();
    const stale = contextOf({ ...actor.viewer, confirmedAt: new Date(Date.now() - 601_000) });
    const unknown = contextOf({ ...actor.viewer, confirmedAt: null });
    for (const ctx of [stale, unknown])
      expect(await requestDeletion(ctx)).toEqual({ ok: false, error: "authentication_not_recent" });
    expect(await findSessionById(actor.viewer.sessionId)).not.toBeNull();
  });

  it("goes once, however many clean up at the same time", async () => {
    for (let person = 0; person < 3; person += 1) {
      const { ctx } = await leaver();
      await dueSince(ctx.actor.viewer.userId, "1 second");
    }
    const runs = await Promise.all(Array.from({ length: 4 }, () => cleanUp(database())));
    expect(runs.reduce((sum, run) => sum + (run?.accounts ?? 0), 0)).toBe(3);
    expect(runs).toContain(null);
  });
});

describe("what has expired", () => {
  it("is deleted: sessions a month after their end, proofs and token ids at once", async () => {
    const change = async (columns: PgUpdateSetSource<typeof sessions>) => {
      const { actor } = await localPerson();
      await database()
        .update(sessions)
        .set({ revokedReason: null, ...columns })
        .where(eq(sessions.id, actor.viewer.sessionId));
      return actor.viewer.sessionId;
    };
    const ago = (days: number) => sql`now() - make_interval(days => ${days})`;
    const old = [
      await change({ revokedAt: ago(31) }),
      await change({ expiresAt: ago(31) }),
      await change({ lastSeenAt: ago(32), idleTimeoutSeconds: 86_400 }),
    ];
    const young = [
      await change({}),
      await change({ revokedAt: ago(29) }),
      await change({ expiresAt: ago(29) }),
      await change({ lastSeenAt: ago(30), idleTimeoutSeconds: 86_400 }),
    ];
    const issuer = randomUUID();
    await database()
      .insert(seenTokenIds)
      .values([
        { issuer, tokenId: "past", expiresAt: new Date(Date.now() - 1_000) },
        { issuer, tokenId: "open", expiresAt: new Date(Date.now() + 60_000) },
      ]);
    const { actor } = await localPerson();
    const { userId } = actor.viewer;
    const email = `${randomUUID()}@example.com`;
    await issueProof(visitorContext(), { purpose: "verify_email", userId, email });
    await issueProof(visitorContext(), { purpose: "reset_password", userId, email });
    await database()
      .update(oneTimeProofs)
      .set({ expiresAt: ago(1) })
      .where(sql`${oneTimeProofs.userId} = ${userId} and ${oneTimeProofs.purpose} = 'verify_email'`);

    expect((await cleanUp(database()))?.sessions).toBeGreaterThanOrEqual(old.length);
    const left = await database().select({ id: sessions.id }).from(sessions);
    const ids = left.map(({ id }) => id);
    expect(old.filter((id) => ids.includes(id))).toEqual([]);
    expect(young.filter((id) => !ids.includes(id))).toEqual([]);
    const tokenIds = await database().select().from(seenTokenIds).where(eq(seenTokenIds.issuer, issuer));
    expect(tokenIds.map(({ tokenId }) => tokenId)).toEqual(["open"]);
    const proofs = await database().select().from(oneTimeProofs).where(eq(oneTimeProofs.userId, userId));
    expect(proofs.map(({ purpose }) => purpose)).toEqual(["reset_password"]);
  });
});
