import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { confirmEmailChange } from "./confirm-email-change";
import {
  address,
  addressOf,
  asked,
  changed,
  freshAddress,
  member,
  password,
  signedIn,
  undoToken,
} from "./testing/changes";
import { previewEmailUndo, undoEmailChange } from "./undo-email-change";
import { database } from "@/db/client";
import { accounts, auditEvents, credentials, oneTimeProofs, userRoles, users } from "@/db/schema";
import { requestDeletion } from "@/lib/domain/account/request-deletion";
import { changePassword } from "@/lib/domain/identity/change-password";
import { checkPassword } from "@/lib/domain/identity/check-password";
import { requestPasswordReset } from "@/lib/domain/identity/request-password-reset";
import { previewReset, resetPassword } from "@/lib/domain/identity/reset-password";
import { signInWithPassword } from "@/lib/domain/identity/sign-in-with-password";
import { personWith, tokenIn, waitingMail } from "@/lib/domain/identity/testing/mailed";
import { createSession } from "@/lib/domain/sessions/create-session";
import { findSession, findSessionById } from "@/lib/domain/sessions/find-session";
import { visitorContext } from "@/lib/domain/tokens/testing/people";
import { peekLink } from "@/lib/domain/verification/use-proof";

const ctx = { ...visitorContext(), address };

async function letPass(userId: string, hours: number): Promise<void> {
  const rows = await database().select().from(oneTimeProofs).where(eq(oneTimeProofs.userId, userId));
  for (const { id, createdAt, expiresAt } of rows)
    await database()
      .update(oneTimeProofs)
      .set({
        createdAt: new Date(createdAt.getTime() - hours * 3_600_000),
        expiresAt: new Date(expiresAt.getTime() - hours * 3_600_000),
      })
      .where(eq(oneTimeProofs.id, id));
}

describe("the link that undoes a change of address", () => {
  it("gives the account back, shuts everybody out, and mails a way in to the address of before", async () => {
    const { userId, username, email, ctx: attacker } = await member();
    const next = await changed(attacker);
    const token = await undoToken(email);
    expect(await previewEmailUndo(ctx, { token })).toEqual({ ok: true, value: { username, email } });
    const another = await createSession(ctx, { userId });

    expect(await undoEmailChange(ctx, { token })).toEqual({ ok: true, value: [] });
    expect(await addressOf(userId)).toEqual({ email, proved: true });
    expect(await findSession(another.token)).toBeNull();
    expect(await findSessionById(attacker.actor.viewer.sessionId)).toBeNull();
    expect((await checkPassword(ctx, { identifier: username, password })).ok).toBe(false);
    expect(await waitingMail(next, "email_change_undone")).not.toContain(email);

    const reset = tokenIn(await waitingMail(email, "email_restored"));
    expect((await resetPassword(ctx, { token: reset, password: "only the owner knows this" })).ok).toBe(true);
    expect((await checkPassword(ctx, { identifier: email, password: "only the owner knows this" })).ok).toBe(
      true,
    );
    const events = await database().select().from(auditEvents).where(eq(auditEvents.subjectId, userId));
    expect(events.map(({ details }) => details["change"])).toContain("email_change_undone");
    expect(await undoEmailChange(ctx, { token })).toEqual({ ok: false, error: "undo_spent" });
  });

  it("is good for 72 hours and no longer", async () => {
    const { userId, email, ctx: person } = await member();
    await changed(person);
    const token = await undoToken(email);
    await letPass(userId, 71.9);
    expect((await previewEmailUndo(ctx, { token })).ok).toBe(true);
    await letPass(userId, 0.2);
    expect(await undoEmailChange(ctx, { token })).toEqual({ ok: false, error: "undo_spent" });
  });

  it("wins over a second change, whose own mail holds no link", async () => {
    const { userId, email, ctx: attacker } = await member();
    const token = await (async () => {
      await changed(attacker);
      return undoToken(email);
    })();
    const second = (await addressOf(userId)).email ?? "";
    const third = await changed(attacker);
    expect(await waitingMail(second, "email_changed")).not.toContain("token=");
    expect((await addressOf(userId)).email).toBe(third);
    expect((await undoEmailChange(ctx, { token })).ok).toBe(true);
    expect((await addressOf(userId)).email).toBe(email);
  });

  it("is made anew for a change that comes when the one before has expired", async () => {
    const { userId, email, ctx: person } = await member();
    const second = await changed(person);
    await letPass(userId, 72);
    await changed(person);
    expect(await undoEmailChange(ctx, { token: await undoToken(email) })).toMatchObject({
      error: "undo_spent",
    });
    expect((await undoEmailChange(ctx, { token: await undoToken(second) })).ok).toBe(true);
    expect((await addressOf(userId)).email).toBe(second);
  });

  it("survives everything that an attacker can do with the account", async () => {
    const { userId, email, ctx: attacker } = await member();
    const next = await changed(attacker);
    const token = await undoToken(email);
    const theirs = "what the attacker chose here";
    expect(
      (await changePassword(attacker, { current: password, password: theirs, endOthers: true })).ok,
    ).toBe(true);
    await requestPasswordReset(ctx, { email: next });
    const reset = tokenIn(await waitingMail(next, "reset_password"));
    await database()
      .insert(accounts)
      .values({ userId, provider: "oidc", issuer: "https://idp.example", subject: userId });
    await database().insert(userRoles).values({ userId, role: "admin", source: "oidc" });
    const waiting = await asked(attacker, freshAddress());
    expect((await requestDeletion(attacker)).ok).toBe(true);

    expect((await undoEmailChange(ctx, { token })).ok).toBe(true);
    expect(await addressOf(userId)).toEqual({ email, proved: true });
    expect(await previewReset(ctx, { token: reset })).toBeNull();
    expect(await peekLink(ctx, { purpose: "change_email", token: waiting })).toBeNull();
    expect((await checkPassword(ctx, { identifier: email, password: theirs })).ok).toBe(false);
    expect(await database().select().from(accounts).where(eq(accounts.userId, userId))).toEqual([]);
    const roles = await database().select().from(userRoles).where(eq(userRoles.userId, userId));
    expect(roles.map(({ role }) => role)).toEqual(["user"]);
    const [user] = await database().select().from(users).where(eq(users.id, userId));
    expect(user?.deletionDueAt).toBeNull();
  });

  it("keeps identities of before the change, and offers no password to somebody who has none", async () => {
    const { userId, email } = await personWith({ proved: true, password: null });
    const identity = { userId, provider: "oidc", issuer: "https://idp.example" };
    const createdAt = new Date(Date.now() - 60_000);
    await database()
      .insert(accounts)
      .values({ ...identity, subject: `own ${userId}`, createdAt });
    const person = await signedIn(userId);
    await changed(person);
    await database()
      .insert(accounts)
      .values({ ...identity, subject: `added ${userId}` });
    expect((await undoEmailChange(ctx, { token: await undoToken(email) })).ok).toBe(true);
    const left = await database().select().from(accounts).where(eq(accounts.userId, userId));
    expect(left.map(({ subject }) => subject)).toEqual([`own ${userId}`]);
    expect(await waitingMail(email, "email_restored")).not.toContain("token=");
    expect(await database().select().from(credentials).where(eq(credentials.userId, userId))).toEqual([]);
  });

  it("changes nothing while another account has proved the address, and is good again afterwards", async () => {
    const { userId, email, ctx: person } = await member();
    const next = await changed(person);
    const token = await undoToken(email);
    const other = await personWith({ email: email.toUpperCase(), proved: true, password: null });
    for (const verb of [previewEmailUndo, undoEmailChange])
      expect(await verb(ctx, { token })).toEqual({ ok: false, error: "address_taken" });
    expect(await addressOf(userId)).toEqual({ email: next, proved: true });
    expect(await findSessionById(person.actor.viewer.sessionId)).not.toBeNull();
    expect((await checkPassword(ctx, { identifier: next, password })).ok).toBe(true);
    await database().update(users).set({ email: freshAddress() }).where(eq(users.id, other.userId));
    expect((await undoEmailChange(ctx, { token })).ok).toBe(true);
  });

  it("does nothing for a suspended account", async () => {
    const { userId, email, ctx: person } = await member();
    await changed(person);
    const token = await undoToken(email);
    await database().update(users).set({ status: "suspended" }).where(eq(users.id, userId));
    for (const verb of [previewEmailUndo, undoEmailChange])
      expect(await verb(ctx, { token })).toEqual({ ok: false, error: "undo_spent" });
  });
});

describe("at the same moment", () => {
  it("twenty uses of one link undo once", async () => {
    const { email, ctx: person } = await member();
    await changed(person);
    const token = await undoToken(email);
    const tries = await Promise.all(Array.from({ length: 20 }, () => undoEmailChange(ctx, { token })));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(tries.filter((answer) => !answer.ok && answer.error === "undo_spent")).toHaveLength(19);
  });

  it("an undo and a further change leave the address of before with the account, in whatever order", async () => {
    for (let round = 0; round < 8; round += 1) {
      const { userId, email, ctx: attacker } = await member();
      await changed(attacker);
      const token = await undoToken(email);
      const further = await asked(attacker, freshAddress());
      const acts = [
        () => undoEmailChange(ctx, { token }),
        () => confirmEmailChange(attacker, { token: further }),
      ];
      const [undone] = await Promise.all(
        round % 2 === 0
          ? acts.map((act) => act())
          : [...acts]
              .reverse()
              .map((act) => act())
              .reverse(),
      );
      expect(undone?.ok).toBe(true);
      expect((await addressOf(userId)).email).toBe(email);
    }
  });

  it("a sign-in whose password was checked just before opens nothing", async () => {
    const { username, email, ctx: person } = await member();
    await changed(person);
    const checked = await checkPassword(ctx, { identifier: username, password });
    if (!checked.ok) throw new Error("the password was right");
    expect((await undoEmailChange(ctx, { token: await undoToken(email) })).ok).toBe(true);
    expect(await signInWithPassword(ctx, { checked: checked.value, previousToken: null })).toMatchObject({
      ok: false,
    });
  });
});
