import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { listIdentities } from "./list-identities";
import { unlinkIdentity } from "./unlink-identity";
import {
  connect,
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
import { accounts, auditEvents, sessions, userRoles } from "@/db/schema";
import { signInWithOidc } from "@/lib/domain/identity/sign-in-with-oidc";
import { findSession } from "@/lib/domain/sessions/find-session";
import { visitorContext } from "@/lib/domain/tokens/testing/people";

describe("taking an identity away", () => {
  it("ends its sessions and tokens and the roles that its provider claimed, and nothing else", async () => {
    const ctx = await withPassword();
    const who = identity();
    const identityId = await connect(ctx, who);
    const by = await signedInWith(who);
    await database()
      .insert(userRoles)
      .values({ userId: userId(ctx), role: "admin", source: "oidc" });
    const result = await unlinkIdentity(ctx, { identityId });
    expect(result).toMatchObject({ ok: true, value: { provider: "oidc", endedCurrent: false } });
    expect(result.ok ? result.value.released.map(({ refreshToken }) => refreshToken) : []).toEqual([
      "refresh-in-the-open",
      "refresh-in-the-open",
    ]);
    const rows = await database()
      .select()
      .from(sessions)
      .where(eq(sessions.userId, userId(ctx)));
    expect(
      rows.map(({ id, revokedReason }) => [id === by.actor.viewer.sessionId, revokedReason]).sort(),
    ).toEqual([
      [false, null],
      [true, "identity_unlinked"],
    ]);
    expect((await tokensOf(ctx)).filter(({ refreshTokenSealed }) => refreshTokenSealed !== null)).toEqual([]);
    const roles = await database()
      .select()
      .from(userRoles)
      .where(eq(userRoles.userId, userId(ctx)));
    expect(roles.map(({ role }) => role)).toEqual(["user"]);
    const events = await database()
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, userId(ctx)));
    expect(events).toContainEqual(
      expect.objectContaining({ details: { change: "identity_unlinked", provider: "oidc" } }),
    );
    // Free again: whoever comes with it now is somebody new.
    expect(userId(await signedInWith(who))).not.toBe(userId(ctx));
  });

  it("says when the session in use was one of its own", async () => {
    const who = identity();
    const ctx = await signedInWith(who);
    await connect(ctx);
    const [own] = await database()
      .select()
      .from(accounts)
      .where(and(eq(accounts.userId, userId(ctx)), eq(accounts.subject, who.subject)));
    expect(await unlinkIdentity(ctx, { identityId: own?.id ?? "" })).toMatchObject({
      value: { endedCurrent: true },
    });
  });

  it("leaves the last way in, and knows which one that is", async () => {
    const ctx = await signedInWith(identity());
    const [only] = await listIdentities(ctx);
    expect(only).toMatchObject({ last: true, current: true, offered: true });
    expect(await unlinkIdentity(ctx, { identityId: only?.id ?? "" })).toEqual({
      ok: false,
      error: "last_way_in",
    });
    await database()
      .insert(accounts)
      .values({
        userId: userId(ctx),
        provider: "gone",
        issuer: "https://gone.example",
        subject: randomUUID(),
      });
    expect(await unlinkIdentity(ctx, { identityId: only?.id ?? "" })).toEqual({
      ok: false,
      error: "last_way_in",
    });
    const listed = await listIdentities(ctx);
    expect(listed.map(({ last, offered }) => [last, offered])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it("leaves one of two that are taken at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const ctx = await signedInWith(identity());
      await connect(ctx);
      const ids = (await identitiesOf(ctx)).map(({ id }) => id);
      const results = await Promise.all(ids.map((identityId) => unlinkIdentity(ctx, { identityId })));
      expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
      expect(await identitiesOf(ctx)).toHaveLength(1);
    }
  });

  it("leaves no session behind of a sign-in at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ctx, who] = [await withPassword(), identity()];
      const identityId = await connect(ctx, who);
      const [unlinked, signedIn] = await Promise.all([
        unlinkIdentity(ctx, { identityId }),
        signInWithOidc(visitorContext(), { identity: who, tokens, previousToken: null }),
      ]);
      expect(unlinked.ok).toBe(true);
      const found = signedIn.ok ? await findSession(signedIn.value.token) : null;
      expect(found?.viewer.userId).not.toBe(userId(ctx));
    }
  });

  it("refuses another person's identity, an unknown one, and a stale session", async () => {
    const [ctx, other] = [await withPassword(), await withPassword()];
    const identityId = await connect(ctx);
    expect(await unlinkIdentity(other, { identityId })).toEqual({ ok: false, error: "not_found" });
    expect(await unlinkIdentity(ctx, { identityId: randomUUID() })).toEqual({
      ok: false,
      error: "not_found",
    });
    expect(await unlinkIdentity(stalePerson(ctx), { identityId })).toEqual({
      ok: false,
      error: "authentication_not_recent",
    });
    expect(await identitiesOf(ctx)).toHaveLength(1);
  });
});
