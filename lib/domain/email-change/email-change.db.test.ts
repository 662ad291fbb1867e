import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { confirmEmailChange, previewEmailChange } from "./confirm-email-change";
import { pendingEmailChange, requestEmailChange } from "./request-email-change";
import { addressOf, asked, changed, freshAddress, member, signedIn } from "./testing/changes";
import { database } from "@/db/client";
import { auditEvents, oneTimeProofs, sessions, users } from "@/db/schema";
import { confirmEmail } from "@/lib/domain/identity/confirm-email";
import { requestEmailSignIn } from "@/lib/domain/identity/request-email-sign-in";
import { requestPasswordReset } from "@/lib/domain/identity/request-password-reset";
import { previewReset } from "@/lib/domain/identity/reset-password";
import { sendConfirmationAgain } from "@/lib/domain/identity/send-confirmation";
import { personWith, tokenIn, waitingMail } from "@/lib/domain/identity/testing/mailed";
import { limitOf } from "@/lib/domain/rate-limits/counter";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { contextOf, visitorContext } from "@/lib/domain/tokens/testing/people";
import { randomToken } from "@/lib/platform/crypto/token";

describe("a change of address", () => {
  it("counts once it is confirmed: proved, on record, other sessions ended, the address of before told", async () => {
    const { userId, username, email, ctx } = await member();
    const elsewhere = await signedIn(userId);
    const next = freshAddress();
    const token = await asked(ctx, next);
    expect(await addressOf(userId)).toEqual({ email, proved: true });
    expect(await pendingEmailChange(ctx)).toBe(next);
    expect(await previewEmailChange(ctx, { token })).toEqual({ ok: true, value: { email: next } });

    expect(await confirmEmailChange(ctx, { token })).toEqual({ ok: true, value: [] });
    expect(await addressOf(userId)).toEqual({ email: next, proved: true });
    expect(await pendingEmailChange(ctx)).toBeNull();
    expect(await findSessionById(ctx.actor.viewer.sessionId)).not.toBeNull();
    expect(await findSessionById(elsewhere.actor.viewer.sessionId)).toBeNull();
    const told = await waitingMail(email, "email_changed");
    expect(told).toContain(username);
    expect(told, "the address of before does not learn the new one").not.toContain(next);
    const events = await database()
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.subjectId, userId), eq(auditEvents.event, "user_updated")));
    expect(events.map(({ details }) => details["change"])).toEqual(["email_change_asked", "email_changed"]);
    expect(JSON.stringify(events.map(({ details }) => details))).not.toContain("@");
  });

  it("leaves nothing that was mailed to the address of before, but the link that undoes it", async () => {
    const { userId, email, ctx } = await member();
    await requestPasswordReset(visitorContext(), { email });
    await requestEmailSignIn(visitorContext(), { email, browserToken: randomToken() });
    const reset = tokenIn(await waitingMail(email, "reset_password"));
    expect(await previewReset(visitorContext(), { token: reset })).not.toBeNull();
    await changed(ctx);
    expect(await previewReset(visitorContext(), { token: reset })).toBeNull();
    const left = await database().select().from(oneTimeProofs).where(eq(oneTimeProofs.userId, userId));
    expect(left.map(({ purpose }) => purpose)).toEqual(["undo_email_change"]);
  });

  it("needs a recent proof to be asked for", async () => {
    const { ctx } = await member();
    const { viewer } = ctx.actor;
    for (const confirmedAt of [null, new Date(Date.now() - 601_000)]) {
      const stale = contextOf({ ...viewer, confirmedAt });
      expect(await requestEmailChange(stale, { email: freshAddress() })).toEqual({
        ok: false,
        error: { code: "authentication_not_recent" },
      });
    }
  });

  it("needs the session of the account that asked, and its link", async () => {
    const { userId, email, ctx } = await member();
    const stranger = await member();
    const token = await asked(ctx, freshAddress());
    for (const verb of [previewEmailChange, confirmEmailChange])
      expect(await verb(stranger.ctx, { token })).toEqual({ ok: false, error: "other_account" });
    expect(await confirmEmailChange(ctx, { token: randomToken() })).toMatchObject({ error: "link_spent" });
    expect(await addressOf(userId)).toEqual({ email, proved: true });
    expect((await confirmEmailChange(ctx, { token })).ok).toBe(true);
    expect(await confirmEmailChange(ctx, { token })).toEqual({ ok: false, error: "link_spent" });
  });

  it("is not made by a link for another purpose, nor does its link prove a claim", async () => {
    const { userId, email, ctx } = await member(false);
    await sendConfirmationAgain(ctx);
    const claim = tokenIn(await waitingMail(email, "confirm_email"));
    const token = await asked(ctx, freshAddress());
    expect(await confirmEmailChange(ctx, { token: claim })).toMatchObject({ error: "link_spent" });
    expect(await confirmEmail(ctx, { token })).toMatchObject({ error: "link_spent" });
    expect(await addressOf(userId)).toEqual({ email, proved: false });
  });

  it("of an address that was never proved sends that address no word: it may be a stranger's", async () => {
    const { userId, email, ctx } = await member(false);
    const next = await changed(ctx);
    expect(await addressOf(userId)).toEqual({ email: next, proved: true });
    expect(await waitingMail(email, "email_changed")).toBeNull();
  });

  it("works for somebody without a password, and for somebody without an address", async () => {
    const { userId } = await personWith({ proved: true, password: null });
    const first = await changed(await signedIn(userId));
    expect(await addressOf(userId)).toEqual({ email: first, proved: true });
    await database().update(users).set({ email: null, emailVerified: null }).where(eq(users.id, userId));
    const given = await changed(await signedIn(userId));
    expect(await addressOf(userId)).toEqual({ email: given, proved: true });
  });

  it("to the address that is the person's already is none", async () => {
    const { email, ctx } = await member();
    expect(await requestEmailChange(ctx, { email: email.toUpperCase() })).toEqual({
      ok: false,
      error: { code: "own_address" },
    });
  });

  it("happens only with word to the address of before", async () => {
    const { userId, ctx, email } = await member();
    const back = async () => {
      await database().update(users).set({ email }).where(eq(users.id, userId));
    };
    for (let n = 0; n < 5; n += 1) {
      await changed(ctx);
      await back();
    }
    const token = await asked(ctx, freshAddress());
    expect(await confirmEmailChange(ctx, { token })).toEqual({ ok: false, error: "capped" });
    expect(await addressOf(userId)).toEqual({ email, proved: true });
    expect(await previewEmailChange(ctx, { token })).toMatchObject({ ok: true });
  });
});

describe("an address that belongs to another account", () => {
  it("gets the same answer, and its owner word without a link", async () => {
    const owner = await member();
    const { ctx, username } = await member();
    const email = owner.email.toUpperCase();
    expect(await requestEmailChange(ctx, { email })).toEqual({ ok: true, value: null });
    expect(await pendingEmailChange(ctx)).toBe(email);
    const mail = await waitingMail(owner.email, "change_email");
    expect(mail).toContain("Your address stays yours");
    expect(mail).toContain(username);
    expect(mail).not.toContain("token=");
  });

  it("is not found out by whether the link before still works", async () => {
    const owner = await member();
    for (const second of [owner.email, freshAddress()]) {
      const { ctx } = await member();
      const token = await asked(ctx, freshAddress());
      expect((await requestEmailChange(ctx, { email: second })).ok).toBe(true);
      expect(await confirmEmailChange(ctx, { token })).toEqual({ ok: false, error: "link_spent" });
    }
  });

  it("is counted alike, by the address and by the person", async () => {
    const owner = await member();
    for (const email of [owner.email, freshAddress()]) {
      const { ctx } = await member();
      const codes: string[] = [];
      for (let n = 0; n < 6; n += 1) {
        const answer = await requestEmailChange(ctx, { email });
        codes.push(answer.ok ? "sent" : answer.error.code);
      }
      expect(codes).toEqual([...Array<string>(5).fill("sent"), "capped"]);
    }
    const { ctx } = await member();
    const codes: string[] = [];
    for (let n = 0; n <= limitOf("email_change_person"); n += 1) {
      const answer = await requestEmailChange(ctx, { email: freshAddress() });
      codes.push(answer.ok ? "sent" : answer.error.code);
    }
    expect(codes.at(-2)).toBe("sent");
    expect(codes.at(-1)).toBe("rate_limited");
  });

  it("since the link was sent is not taken by it", async () => {
    const { userId, email, ctx } = await member();
    const next = freshAddress();
    const token = await asked(ctx, next);
    await personWith({ email: next, proved: true, password: null });
    expect(await confirmEmailChange(ctx, { token })).toEqual({ ok: false, error: "link_spent" });
    expect(await addressOf(userId)).toEqual({ email, proved: true });
  });
});

describe("at the same moment", () => {
  it("twenty confirmations by one link make one change", async () => {
    const { email, ctx } = await member();
    const token = await asked(ctx, freshAddress());
    const tries = await Promise.all(Array.from({ length: 20 }, () => confirmEmailChange(ctx, { token })));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(tries.filter((answer) => !answer.ok && answer.error === "link_spent")).toHaveLength(19);
    expect(await waitingMail(email, "email_changed")).not.toBeNull();
  });

  it("five accounts that confirm one address leave it with one of them, and the others as they were", async () => {
    const next = freshAddress();
    const people = await Promise.all(Array.from({ length: 5 }, () => member()));
    const tokens: string[] = [];
    for (const { ctx } of people) tokens.push(await asked(ctx, next));
    const tries = await Promise.all(tokens.map((token, n) => confirmEmailChange(people[n]!.ctx, { token })));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    for (const [n, answer] of tries.entries()) {
      const { userId, email } = people[n]!;
      expect(await addressOf(userId)).toEqual({ email: answer.ok ? next : email, proved: true });
      expect((await waitingMail(email, "email_changed")) !== null).toBe(answer.ok);
    }
  });

  it("ended sessions of others are on record with the reason", async () => {
    const { userId, ctx } = await member();
    await signedIn(userId);
    await changed(ctx);
    const rows = await database().select().from(sessions).where(eq(sessions.userId, userId));
    expect(rows.map(({ revokedReason }) => revokedReason).sort()).toEqual(["email_changed", null]);
  });
});
