import type { PersonContext } from "@/lib/domain/context";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { discardPendingIdentity } from "./discard-pending-identity";
import { findPendingIdentity } from "./find-pending-identity";
import { holdIdentity } from "./hold-identity";
import { linkIdentity } from "./link-identity";
import { offerIdentity } from "./offer-identity";
import {
  identitiesOf,
  identity,
  signedInWith,
  stalePerson,
  tokens,
  tokensOf,
  userId,
  withPassword,
} from "./testing/people";
import { database } from "@/db/client";
import { auditEvents, pendingIdentities } from "@/db/schema";
import { signInWithOidc } from "@/lib/domain/identity/sign-in-with-oidc";
import { visitorContext } from "@/lib/domain/tokens/testing/people";

describe("an identity that waits", () => {
  it("is sealed, and joined with its tokens once its person confirms", async () => {
    const ctx = await withPassword();
    const who = identity({ email: "own@example.org" });
    const token = await holdIdentity(ctx, { identity: who, tokens, userId: userId(ctx) });
    const [row] = await database()
      .select()
      .from(pendingIdentities)
      .where(eq(pendingIdentities.subject, who.subject));
    expect(JSON.stringify(row)).not.toMatch(/in-the-open/);
    expect(JSON.stringify(row)).not.toContain(token);
    expect(await tokensOf(ctx)).toEqual([]);
    expect(await findPendingIdentity(ctx, token)).toMatchObject({
      subject: who.subject,
      email: "own@example.org",
    });
    expect(await linkIdentity(ctx, { token })).toEqual({ ok: true, value: [] });
    expect(await identitiesOf(ctx)).toMatchObject([{ subject: who.subject, claims: who.claims }]);
    expect(await tokensOf(ctx)).toMatchObject([
      { sessionId: ctx.actor.viewer.sessionId, subject: who.subject },
    ]);
    const events = await database()
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, userId(ctx)));
    expect(events).toContainEqual(
      expect.objectContaining({
        event: "user_updated",
        details: { change: "identity_linked", provider: "oidc" },
      }),
    );
    expect(userId(await signedInWith(who))).toBe(userId(ctx));
  });

  it("is used once, twice at the same moment too", async () => {
    const ctx = await withPassword();
    const token = await holdIdentity(ctx, { identity: identity(), tokens, userId: userId(ctx) });
    const results = await Promise.all([1, 2, 3].map(() => linkIdentity(ctx, { token })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter(({ ok }) => !ok)).toEqual(
      Array(2).fill({ ok: false, error: "pending_identity_gone" }),
    );
    expect(await identitiesOf(ctx)).toHaveLength(1);
  });

  it("is nothing to anybody else, to another token, and after ten minutes", async () => {
    const [somebody, other] = [await withPassword(), await withPassword()];
    const gone = { ok: false, error: "pending_identity_gone" };
    const begun = Date.now();
    /** So long after the beginning, by a clock that stands; a proof of who they are is always at hand. */
    const after = (seconds: number): PersonContext => {
      const now = new Date(begun + seconds * 1_000);
      const viewer = { ...somebody.actor.viewer, confirmedAt: now };
      return { ...somebody, actor: { kind: "person", viewer }, now: () => now };
    };
    const ctx = after(0);
    const token = await holdIdentity(ctx, { identity: identity(), tokens, userId: userId(ctx) });
    expect(await findPendingIdentity(other, token)).toBeNull();
    expect(await linkIdentity(other, { token })).toEqual(gone);
    expect(await discardPendingIdentity(other, { token })).toEqual([]);
    expect(await linkIdentity(ctx, { token: "A".repeat(43) })).toEqual(gone);
    expect(await findPendingIdentity(after(600), token)).toBeNull();
    expect(await linkIdentity(after(599.9), { token })).toMatchObject({ ok: true });
    const late = await holdIdentity(ctx, { identity: identity(), tokens, userId: userId(ctx) });
    expect(await linkIdentity(after(600), { token: late })).toEqual(gone);
  });

  it("is void once the same identity waits in another browser", async () => {
    const [ctx, who] = [await withPassword(), identity()];
    const [first, second] = [
      await holdIdentity(ctx, { identity: who, tokens, userId: userId(ctx) }),
      await holdIdentity(ctx, { identity: who, tokens, userId: userId(ctx) }),
    ];
    expect(await findPendingIdentity(ctx, first)).toBeNull();
    expect(await findPendingIdentity(ctx, second)).not.toBeNull();
  });

  it("asks for a recent authentication and stays for it", async () => {
    const ctx = await withPassword();
    const token = await holdIdentity(ctx, { identity: identity(), tokens, userId: userId(ctx) });
    const stale = stalePerson(ctx);
    expect(await linkIdentity(stale, { token })).toEqual({ ok: false, error: "authentication_not_recent" });
    expect(await linkIdentity(ctx, { token })).toMatchObject({ ok: true });
  });

  it("hands its refresh token back when it is left", async () => {
    const ctx = await withPassword();
    const token = await holdIdentity(ctx, { identity: identity(), tokens, userId: userId(ctx) });
    expect(await discardPendingIdentity(ctx, { token })).toMatchObject([
      { refreshToken: "refresh-in-the-open" },
    ]);
    expect(await discardPendingIdentity(ctx, { token })).toEqual([]);
    expect(await identitiesOf(ctx)).toEqual([]);
  });

  it("that somebody has taken meanwhile stays theirs", async () => {
    const [ctx, who] = [await withPassword(), identity()];
    const token = await holdIdentity(ctx, { identity: who, tokens, userId: userId(ctx) });
    const owner = await signedInWith(who);
    expect(await linkIdentity(ctx, { token })).toEqual({ ok: false, error: "identity_taken" });
    expect(await identitiesOf(owner)).toHaveLength(1);
    expect(await identitiesOf(ctx)).toEqual([]);
    expect(await offerIdentity(ctx, { identity: who, tokens })).toEqual({
      ok: false,
      error: "identity_taken",
    });
    expect(await offerIdentity(owner, { identity: who, tokens })).toEqual({
      ok: false,
      error: "identity_linked_already",
    });
  });

  it("never takes the place of another identity's tokens in a session", async () => {
    const first = identity();
    const ctx = await signedInWith(first);
    const offered = await offerIdentity(ctx, { identity: identity(), tokens });
    const linked = await linkIdentity(ctx, { token: offered.ok ? offered.value : "" });
    expect(linked).toMatchObject({ ok: true, value: [{ refreshToken: "refresh-in-the-open" }] });
    expect(await tokensOf(ctx)).toMatchObject([{ subject: first.subject }]);
  });
});

describe("a sign-in with the verified e-mail address of somebody else's account", () => {
  it("joins nothing, and waits for the owner of the address alone", async () => {
    const email = `${randomUUID()}@example.org`;
    const owner = await signedInWith(identity({ email, emailVerified: true }));
    const stranger = identity({ email: email.toUpperCase(), emailVerified: true });
    const result = await signInWithOidc(visitorContext(), {
      identity: stranger,
      tokens,
      previousToken: null,
    });
    if (result.ok || result.error.code !== "account_exists") throw new Error("not refused");
    expect(await identitiesOf(owner)).toHaveLength(1);
    expect(await tokensOf(owner)).toHaveLength(1);
    const { pendingToken } = result.error;
    expect(await linkIdentity(await withPassword(), { token: pendingToken })).toMatchObject({ ok: false });
    expect(await linkIdentity(owner, { token: pendingToken })).toMatchObject({ ok: true });
    expect(userId(await signedInWith(stranger))).toBe(userId(owner));
  });
});
