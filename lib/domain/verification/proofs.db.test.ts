import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { oneTimeProofs } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { randomToken } from "@/lib/platform/crypto/token";
import { issueProof } from "./issue-proof";
import { consumeLink, endProofs, guessCode, peekLink, sweepProofs } from "./use-proof";

const email = "ada@example.org";
const ctx = visitorContext();
const at = (date: Date): Context => ({ ...ctx, now: () => date });
let userId: string;

beforeEach(async () => {
  await database().delete(oneTimeProofs);
  userId = (await localPerson()).actor.viewer.userId;
});

const issueLink = () => issueProof(ctx, { purpose: "reset_password", userId, email });

describe("a link", () => {
  it("proves once, however many try at once (ASVS 6.5.1)", async () => {
    const { id, secret: token } = await issueLink();
    expect(await peekLink(ctx, { purpose: "reset_password", token })).toMatchObject({ id, userId, email });
    const uses = await Promise.all(
      Array.from({ length: 100 }, () => consumeLink(ctx, { purpose: "reset_password", token })),
    );
    expect(uses.filter((use) => use !== null)).toMatchObject([{ id, userId, email }]);
    expect(await peekLink(ctx, { purpose: "reset_password", token })).toBeNull();
    expect(await consumeLink(ctx, { purpose: "reset_password", token })).toBeNull();
  });

  it("for another purpose proves nothing, and keeps its use", async () => {
    const { secret: token } = await issueLink();
    expect(await consumeLink(ctx, { purpose: "verify_email", token })).toBeNull();
    expect(await consumeLink(ctx, { purpose: "sign_in_link", token })).toBeNull();
    expect(await consumeLink(ctx, { purpose: "reset_password", token })).not.toBeNull();
  });

  it("ends with its time, to the millisecond", async () => {
    const { secret: token, expiresAt } = await issueLink();
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(3_590_000);
    expect(await consumeLink(at(expiresAt), { purpose: "reset_password", token })).toBeNull();
    const before = new Date(expiresAt.getTime() - 1);
    expect(await consumeLink(at(before), { purpose: "reset_password", token })).not.toBeNull();
  });

  it("ends when a newer one is made, and when proofs of the person are ended", async () => {
    const first = await issueLink();
    const second = await issueLink();
    expect(await consumeLink(ctx, { purpose: "reset_password", token: first.secret })).toBeNull();
    await endProofs(ctx, { userId, purposes: ["verify_email"] });
    expect(await peekLink(ctx, { purpose: "reset_password", token: second.secret })).not.toBeNull();
    await endProofs(ctx, { userId });
    expect(await consumeLink(ctx, { purpose: "reset_password", token: second.secret })).toBeNull();
  });

  it("leaves nothing in the table that opens it", async () => {
    const { secret } = await issueLink();
    const [row] = await database().select().from(oneTimeProofs);
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(secret).toMatch(/^[\w-]{43}$/);
  });

  it("for nobody never succeeds", async () => {
    const { secret: token } = await issueProof(ctx, { purpose: "reset_password", userId: null, email });
    expect(await consumeLink(ctx, { purpose: "reset_password", token })).toBeNull();
  });
});

describe("a code", () => {
  const browserToken = randomToken();
  const issueCode = () => issueProof(ctx, { purpose: "sign_in_code", userId, email, browserToken });
  const guess = (id: string, code: string, browser = browserToken) =>
    guessCode(ctx, { purpose: "sign_in_code", id, code, browserToken: browser });
  const wrong = (code: string) => (code === "000000" ? "000001" : "000000");

  it("has six digits and works once (ASVS 6.5.1, 6.5.4)", async () => {
    const { id, secret } = await issueCode();
    expect(secret).toMatch(/^\d{6}$/);
    expect(await guess(id, secret)).toMatchObject({ ok: true, value: { id, userId, email } });
    expect(await guess(id, secret)).toEqual({ ok: false, error: "spent" });
  });

  it("takes five guesses out of 100 at once, and none of them after that (ASVS 6.6.3)", async () => {
    const { id, secret } = await issueCode();
    const answers = await Promise.all(Array.from({ length: 100 }, () => guess(id, wrong(secret))));
    const errors = answers.map((answer) => (answer.ok ? "right" : answer.error));
    expect(errors.filter((error) => error === "wrong")).toHaveLength(4);
    expect(errors.filter((error) => error === "spent")).toHaveLength(96);
    const [row] = await database().select().from(oneTimeProofs).where(eq(oneTimeProofs.id, id));
    expect(row).toMatchObject({ attempts: 5, maxAttempts: 5, consumedAt: null });
    expect(await guess(id, secret), "the right one comes too late").toEqual({ ok: false, error: "spent" });
  });

  it("is accepted once out of 100 at once", async () => {
    const { id, secret } = await issueCode();
    const answers = await Promise.all(Array.from({ length: 100 }, () => guess(id, secret)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("is good in the browser that asked for it alone, and another's guesses cost it nothing", async () => {
    const { id, secret } = await issueCode();
    for (let n = 0; n < 10; n += 1)
      expect(await guess(id, secret, randomToken())).toEqual({ ok: false, error: "spent" });
    expect((await guess(id, secret)).ok).toBe(true);
  });

  it("of another proof is wrong: the same digits have another digest (ASVS 6.5.2, 6.6.2)", async () => {
    const first = await issueCode();
    const [row] = await database().select().from(oneTimeProofs).where(eq(oneTimeProofs.id, first.id));
    const copied = randomUUID();
    await database().update(oneTimeProofs).set({ id: copied }).where(eq(oneTimeProofs.id, row!.id));
    expect(await guess(copied, first.secret)).toEqual({ ok: false, error: "wrong" });
  });

  it("ends after ten minutes, and with a newer one (ASVS 6.5.5)", async () => {
    const first = await issueCode();
    const second = await issueCode();
    expect(await guess(first.id, first.secret)).toEqual({ ok: false, error: "spent" });
    const late = at(second.expiresAt);
    const { id, secret: code } = second;
    expect(second.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(600_000);
    expect(await guessCode(late, { purpose: "sign_in_code", id, code, browserToken })).toEqual({
      ok: false,
      error: "spent",
    });
  });

  it("for nobody is counted like any other", async () => {
    const { id } = await issueProof(ctx, { purpose: "sign_in_code", userId: null, email, browserToken });
    const errors: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const answer = await guess(id, "000000");
      errors.push(answer.ok ? "right" : answer.error);
    }
    expect(errors).toEqual(["wrong", "wrong", "wrong", "wrong", "spent", "spent"]);
  });
});

it("expired proofs are swept away", async () => {
  await issueLink();
  await sweepProofs(database());
  expect(await database().select().from(oneTimeProofs)).toHaveLength(1);
  await database()
    .update(oneTimeProofs)
    .set({ expiresAt: new Date(Date.now() - 1000) });
  await sweepProofs(database());
  expect(await database().select().from(oneTimeProofs)).toEqual([]);
});
