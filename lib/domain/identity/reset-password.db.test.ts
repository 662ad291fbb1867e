import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { accounts, auditEvents, credentials, users } from "@/db/schema";
import { createSession } from "@/lib/domain/sessions/create-session";
import { findSession } from "@/lib/domain/sessions/find-session";
import { limitOf } from "@/lib/domain/rate-limits/counter";
import { visitorContext } from "@/lib/domain/tokens/testing/people";
import { issueProof } from "@/lib/domain/verification/issue-proof";
import { peekLink } from "@/lib/domain/verification/use-proof";
import { checkPassword } from "./check-password";
import { requestPasswordReset } from "./request-password-reset";
import { previewReset, resetPassword } from "./reset-password";
import { signInWithPassword } from "./sign-in-with-password";
import { personWith, tokenIn, waitingMail } from "./testing/mailed";

const ctx = visitorContext();
const password = "the password of before";
const next = "the password from now on";

const localPerson = (given: Partial<Parameters<typeof personWith>[0]> = {}) =>
  personWith({ proved: true, password, ...given });

async function linkTo(email: string): Promise<string> {
  expect(await requestPasswordReset(ctx, { email })).toBe("queued");
  return tokenIn(await waitingMail(email, "reset_password"));
}

const signsIn = async (identifier: string, secret: string) =>
  (await checkPassword(ctx, { identifier, password: secret })).ok;

describe("a reset", () => {
  it("changes the password, ends every session and every other link, and sends word", async () => {
    const { userId, username, email } = await localPerson();
    const sessions = [await createSession(ctx, { userId }), await createSession(ctx, { userId })];
    const other = await issueProof(ctx, { purpose: "sign_in_link", userId, email });
    const token = await linkTo(email.toUpperCase());
    expect(await previewReset(ctx, { token })).toMatchObject({ userId, username });
    expect(await resetPassword(ctx, { token, password: next })).toEqual({
      ok: true,
      value: { released: [] },
    });
    expect(await signsIn(username, password)).toBe(false);
    expect(await signsIn(username, next)).toBe(true);
    for (const session of sessions) expect(await findSession(session.token)).toBeNull();
    expect(await peekLink(ctx, { purpose: "sign_in_link", token: other.secret })).toBeNull();
    expect(await waitingMail(email, "password_changed")).toContain("Your password was changed");
    const events = await database().select().from(auditEvents).where(eq(auditEvents.subjectId, userId));
    expect(events.map(({ event }) => event)).toContain("authn_password_change");
    expect(await resetPassword(ctx, { token, password: "a third one, much later" })).toMatchObject({
      error: "link_spent",
    });
  });

  it("succeeds once out of ten with one link at once", async () => {
    const { email } = await localPerson();
    const token = await linkTo(email);
    const tries = await Promise.all(
      Array.from({ length: 10 }, (_, n) => resetPassword(ctx, { token, password: `${next} ${String(n)}` })),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("keeps the link when the new password is refused", async () => {
    const { email, username } = await localPerson();
    const token = await linkTo(email);
    const refused = await resetPassword(ctx, { token, password: `${username}${username}` });
    expect(refused).toMatchObject({ ok: false, error: "context" });
    expect((await resetPassword(ctx, { token, password: next })).ok).toBe(true);
  });

  it("leaves no way to a sign-in that has checked the old password just before", async () => {
    const { email, username } = await localPerson();
    const checked = await checkPassword(ctx, { identifier: username, password });
    const token = await linkTo(email);
    expect((await resetPassword(ctx, { token, password: next })).ok).toBe(true);
    if (!checked.ok) throw new Error("the password was right");
    expect(await signInWithPassword(ctx, { checked: checked.value, previousToken: null })).toEqual({
      ok: false,
      error: "invalid_credentials",
    });
  });

  it("by a link to an address that the account has left changes nothing", async () => {
    const { userId, email } = await localPerson();
    const token = await linkTo(email);
    await database()
      .update(users)
      .set({ email: `new-${email}` })
      .where(eq(users.id, userId));
    expect(await previewReset(ctx, { token })).toBeNull();
    expect(await resetPassword(ctx, { token, password: next })).toMatchObject({ error: "link_spent" });
  });

  it("by a suspended person changes nothing", async () => {
    const { userId, email } = await localPerson();
    const token = await linkTo(email);
    await database().update(users).set({ status: "suspended" }).where(eq(users.id, userId));
    expect(await resetPassword(ctx, { token, password: next })).toMatchObject({ error: "link_spent" });
  });
});

it("a reset lifts the lock of a name that somebody guessed at", async () => {
  const { username, email } = await localPerson();
  for (let n = 0; n <= limitOf("sign_in_account"); n += 1) {
    const from = { ...ctx, address: `203.0.${String(n)}.1` };
    await checkPassword(from, { identifier: username, password: `guess number ${String(n)}` });
  }
  const owner = { ...ctx, address: "198.51.100.7" };
  expect((await checkPassword(owner, { identifier: username, password })).ok, "locked").toBe(false);
  const token = await linkTo(email);
  expect((await resetPassword(owner, { token, password: next })).ok).toBe(true);
  expect((await checkPassword(owner, { identifier: username, password: next })).ok).toBe(true);
});

describe("an account that somebody opened with another's address", () => {
  it("is its owner's after the reset, and no way in of before is left", async () => {
    const { userId, username, email } = await localPerson({ proved: false });
    const attacker = await createSession(ctx, { userId });
    await database()
      .insert(accounts)
      .values({ userId, provider: "oidc", issuer: "https://idp.example", subject: userId });
    const token = await linkTo(email);
    expect((await resetPassword(ctx, { token, password: next })).ok).toBe(true);
    expect(await findSession(attacker.token)).toBeNull();
    expect(await signsIn(username, password)).toBe(false);
    expect(await database().select().from(accounts).where(eq(accounts.userId, userId))).toEqual([]);
    const [user] = await database().select().from(users).where(eq(users.id, userId));
    expect(user?.emailVerified).not.toBeNull();
  });

  it("gets no link once the address belongs to somebody", async () => {
    const claim = await localPerson({ proved: false });
    const token = await linkTo(claim.email);
    const owner = await personWith({ email: claim.email, proved: true, password: null });
    expect(await resetPassword(ctx, { token, password: next })).toMatchObject({ error: "link_spent" });
    expect(await requestPasswordReset(ctx, { email: claim.email })).toBe("queued");
    const mail = await waitingMail(claim.email, "reset_password");
    expect(mail).toContain("Your account has no password");
    expect(mail).not.toContain("token=");
    expect(await database().select().from(credentials).where(eq(credentials.userId, owner.userId))).toEqual(
      [],
    );
  });
});

describe("known and unknown addresses (ASVS 6.3.8)", () => {
  it("get the same answers, up to the limit and beyond", async () => {
    const { email } = await localPerson();
    for (const address of [email, `nobody-${email}`]) {
      const answers: string[] = [];
      for (let n = 0; n < 6; n += 1) answers.push(await requestPasswordReset(ctx, { email: address }));
      expect(answers).toEqual([...Array<string>(5).fill("queued"), "capped"]);
    }
    expect(await waitingMail(`nobody-${email}`, "reset_password")).toBeNull();
  });

  it("cannot be told apart by two milliseconds of time", { timeout: 60_000 }, async () => {
    const pairs = 200;
    const known: number[] = [];
    const unknown: number[] = [];
    const people = await Promise.all(
      Array.from({ length: pairs }, () => personWith({ proved: true, password: null })),
    );
    await database()
      .insert(credentials)
      .values(people.map(({ userId }) => ({ userId, passwordHash: "not a hash" })));
    for (let n = 0; n < 20; n += 1)
      await requestPasswordReset(ctx, { email: `warm-${String(n)}@example.org` });
    for (const [n, { email }] of people.entries()) {
      const first = n % 2 === 0;
      for (const turn of [first, !first]) {
        const start = performance.now();
        await requestPasswordReset(ctx, { email: turn ? email : `nobody-${email}` });
        (turn ? known : unknown).push(performance.now() - start);
      }
    }
    // The shift between both populations (Hodges and Lehmann): the median of all differences, deaf to single stalls.
    const differences = known.flatMap((one) => unknown.map((other) => one - other)).sort((a, b) => a - b);
    expect(Math.abs(differences[differences.length / 2] ?? Infinity)).toBeLessThan(2);
  });
});
