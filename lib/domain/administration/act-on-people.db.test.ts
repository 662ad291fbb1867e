import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { changeRole } from "./change-role";
import { closeAccount, reopenAccount } from "./close-account";
import { editPerson } from "./edit-person";
import { endPersonSessions } from "./end-person-sessions";
import { exportPerson } from "./export-person";
import { findPerson } from "./find-person";
import { liftLocks } from "./lift-locks";
import { restorePerson } from "./restore-person";
import { sendPasswordLink } from "./send-password-link";
import { suspendPerson } from "./suspend-person";
import { unproveAddress } from "./unprove-address";
import { database } from "@/db/client";
import { auditEvents, providerTokens, roles, sessions, userRoles, users } from "@/db/schema";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import type { PersonContext } from "@/lib/domain/context";
import { checkPassword } from "@/lib/domain/identity/check-password";
import { signInWithPassword } from "@/lib/domain/identity/sign-in-with-password";
import { personWith, tokenIn, waitingMail } from "@/lib/domain/identity/testing/mailed";
import { limitOf } from "@/lib/domain/rate-limits/counter";
import { createSession } from "@/lib/domain/sessions/create-session";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { liveContext, localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { issueProof } from "@/lib/domain/verification/issue-proof";
import { peekLink } from "@/lib/domain/verification/use-proof";
import type { Permission } from "@/lib/shared/permissions";
import type { Result } from "@/lib/shared/result";

const visitor = visitorContext();
const password = "the password of somebody";
const idOf = ({ actor }: PersonContext) => actor.viewer.userId;
const somebody = () => personWith({ proved: true, password });
const suspend = (ctx: PersonContext, userId: string, until: Date | null = null) =>
  suspendPerson(ctx, { userId, reason: "they sent spam", until });

type Act = (ctx: PersonContext, userId: string) => Promise<Result<unknown, string>>;

/** Every action about a person, with its permission. */
const actions: Readonly<Record<string, { permission: Permission; act: Act; onOneself?: true }>> = {
  suspend: { permission: "suspend:users", act: suspend },
  restore: { permission: "suspend:users", act: (ctx, userId) => restorePerson(ctx, { userId }) },
  edit: {
    permission: "update:users",
    act: (ctx, userId) => editPerson(ctx, { userId, edit: { name: "N" } }),
  },
  reset: { permission: "update:users", act: (ctx, userId) => sendPasswordLink(ctx, { userId }) },
  unprove: { permission: "update:users", act: (ctx, userId) => unproveAddress(ctx, { userId }) },
  lift: { permission: "update:users", act: (ctx, userId) => liftLocks(ctx, { userId }) },
  grant: {
    permission: "grant:roles",
    act: (ctx, userId) => changeRole(ctx, { userId, role: "user", change: "grant" }),
  },
  revoke: {
    permission: "grant:roles",
    act: (ctx, userId) => changeRole(ctx, { userId, role: "user", change: "revoke" }),
  },
  end: {
    permission: "end:sessions",
    act: (ctx, userId) => endPersonSessions(ctx, { userId, sessionId: null }),
  },
  close: { permission: "delete:users", act: (ctx, userId) => closeAccount(ctx, { userId }) },
  reopen: { permission: "delete:users", act: (ctx, userId) => reopenAccount(ctx, { userId }) },
  export: {
    permission: "export:users",
    act: (ctx, userId) => exportPerson(ctx, { userId }),
    onOneself: true,
  },
};

/** Somebody with a role that may do these things, beside what everybody may. */
async function staff(...permissions: Permission[]): Promise<PersonContext> {
  const ctx = await localPerson("user");
  const name = `r${randomUUID().slice(0, 12)}`;
  await database().insert(roles).values({ name, permissions });
  await database()
    .insert(userRoles)
    .values({ userId: idOf(ctx), role: name });
  return liveContext(ctx.actor.viewer.sessionId);
}

const rowOf = async (userId: string) =>
  (await database().select().from(users).where(eq(users.id, userId)))[0];
const eventsOf = async (userId: string, change: string) =>
  database()
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.subjectId, userId), sql`${auditEvents.details}->>'change' = ${change}`));

describe.each(Object.entries(actions))(
  "the action %s (ASVS 8.2.1, 8.2.2)",
  (_, { permission, act, onOneself }) => {
    it("is for those who have its permission", async () => {
      const { userId } = await somebody();
      await expect(act(await localPerson("user"), userId)).rejects.toThrow(PermissionDenied);
      expect((await act(await staff(permission), userId)).ok).toBe(true);
    });

    it("asks for a recent proof of who one is", async () => {
      const ctx = await staff(permission);
      const confirmedAt = new Date(Date.now() - 3_600_000);
      const stale: PersonContext = {
        ...ctx,
        actor: { kind: "person", viewer: { ...ctx.actor.viewer, confirmedAt } },
      };
      const { userId } = await somebody();
      expect(await act(stale, userId)).toEqual({ ok: false, error: "authentication_not_recent" });
    });

    it("reaches nobody who may do more than the actor", async () => {
      const boss = idOf(await localPerson("admin"));
      expect(await act(await staff(permission), boss)).toEqual({
        ok: false,
        error: "beyond_own_permissions",
      });
    });

    it("is over for somebody suspended, signed out or demoted meanwhile (ASVS 8.3.2)", async () => {
      const { userId } = await somebody();
      const suspended = await staff(permission);
      expect((await suspend(await localPerson("admin"), idOf(suspended))).ok).toBe(true);
      expect(await act(suspended, userId)).toEqual({ ok: false, error: "session_ended" });
      const demoted = await staff(permission);
      await database()
        .delete(userRoles)
        .where(eq(userRoles.userId, idOf(demoted)));
      await expect(act(demoted, userId)).rejects.toThrow(PermissionDenied);
    });

    it("finds nobody for an id that is nobody's", async () => {
      expect(await act(await staff(permission), randomUUID())).toEqual({
        ok: false,
        error: "no_such_person",
      });
    });

    it("is not for oneself, where it could lock oneself out", async () => {
      const ctx = await staff(permission);
      const done = await act(ctx, idOf(ctx));
      expect(done.ok ? "done" : done.error).toBe(onOneself === true ? "done" : "own_account");
    });
  },
);

describe("a suspension (ASVS 7.4.2)", () => {
  it("ends sessions, links and tokens at once, and says so in the log and by mail", async () => {
    const admin = await localPerson("admin");
    const { userId, email } = await somebody();
    const session = await createSession(visitor, { userId });
    const link = await issueProof(visitor, { purpose: "sign_in_link", userId, email });
    await database()
      .insert(providerTokens)
      .values({
        ...{ sessionId: session.id, userId, provider: "oidc", issuer: "https://id.example", subject: "s" },
        refreshTokenSealed: "sealed",
      });
    expect((await suspend(admin, userId)).ok).toBe(true);
    expect(await findSessionById(session.id)).toBeNull();
    expect(await peekLink(visitor, { purpose: "sign_in_link", token: link.secret })).toBeNull();
    const [grant] = await database().select().from(providerTokens).where(eq(providerTokens.userId, userId));
    expect(grant).toMatchObject({ refreshTokenSealed: null, accessTokenSealed: null });
    expect(grant?.endedAt).not.toBeNull();
    expect(await waitingMail(email, "suspended")).toContain("suspended");
    expect(await waitingMail(email, "suspended")).not.toContain("spam");
    const [row] = await eventsOf(userId, "suspended");
    expect(row).toMatchObject({
      actorId: idOf(admin),
      details: { before: { status: "active" }, after: { status: "suspended", reason: "they sent spam" } },
    });
  });

  it("keeps a password from signing in until it is lifted or its end has come", async () => {
    const admin = await localPerson("admin");
    const { userId, username } = await somebody();
    const signIn = async (now = new Date()) => {
      const ctx = { ...visitor, now: () => now };
      const checked = await checkPassword(ctx, { identifier: username, password });
      if (!checked.ok) throw new Error(checked.error.code);
      const done = await signInWithPassword(ctx, { checked: checked.value, previousToken: null });
      return done.ok ? "in" : done.error;
    };
    await suspend(admin, userId);
    expect(await signIn()).toBe("account_suspended");
    expect(await database().select().from(sessions).where(eq(sessions.userId, userId))).toEqual([]);
    await restorePerson(admin, { userId });
    expect(await signIn()).toBe("in");
    const until = new Date(Date.now() + 60_000);
    await suspend(admin, userId, until);
    expect(await signIn()).toBe("account_suspended");
    expect(await signIn(new Date(until.getTime() + 1))).toBe("in");
    expect(await rowOf(userId)).toMatchObject({
      status: "active",
      suspensionReason: null,
      suspendedUntil: null,
    });
  });

  it("of two who suspend each other at once is done by one", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = await Promise.all([localPerson("admin"), localPerson("admin")]);
      const answers = await Promise.all([suspend(a, idOf(b)), suspend(b, idOf(a))]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: "session_ended" });
    }
  });
});

describe("an edit", () => {
  it("changes what is given, with before and after in the log, and takes a name once", async () => {
    const admin = await localPerson("admin");
    const { userId, username } = await somebody();
    const other = await somebody();
    expect(await editPerson(admin, { userId, edit: { username: other.username.toUpperCase() } })).toEqual({
      ok: false,
      error: "username_taken",
    });
    const next = `n${username.slice(1)}`;
    expect((await editPerson(admin, { userId, edit: { username: next, name: "Mary" } })).ok).toBe(true);
    expect(await rowOf(userId)).toMatchObject({ username: next, name: "Mary", ownName: true });
    const [row] = await eventsOf(userId, "edited");
    expect(row?.details).toMatchObject({
      before: { username, name: null },
      after: { username: next, name: "Mary" },
    });
  });

  it("of the e-mail address has it proved anew, ends links to the old one and tells its owner (ASVS 6.3.7)", async () => {
    const { userId, email } = await somebody();
    const link = await issueProof(visitor, { purpose: "reset_password", userId, email });
    const next = `next-${email}`;
    expect((await editPerson(await localPerson("admin"), { userId, edit: { email: next } })).ok).toBe(true);
    expect(await rowOf(userId)).toMatchObject({ email: next, emailVerified: null });
    expect(await peekLink(visitor, { purpose: "reset_password", token: link.secret })).toBeNull();
    expect(await waitingMail(email, "address_changed")).not.toBeNull();
    tokenIn(await waitingMail(next, "confirm_email"));
  });
});

it("an administrator's reset leaves the password as it is until the person chooses one (ASVS 6.4.6)", async () => {
  const { userId, username, email } = await somebody();
  expect((await sendPasswordLink(await localPerson("admin"), { userId })).ok).toBe(true);
  expect((await checkPassword(visitor, { identifier: username, password })).ok).toBe(true);
  tokenIn(await waitingMail(email, "reset_password"));
});

it("a lifted lock lets the right password in again", async () => {
  const { userId, username } = await somebody();
  const admin = await localPerson("admin");
  for (let n = 0; n <= limitOf("sign_in_account"); n += 1) {
    const from = { ...visitor, address: `203.0.${String(n)}.1` };
    await checkPassword(from, { identifier: username, password: `guess ${String(n)} at the password` });
  }
  const signsIn = async () => (await checkPassword(visitor, { identifier: username, password })).ok;
  expect((await findPerson(admin, { userId }))?.locked).toBe(true);
  expect(await signsIn()).toBe(false);
  await liftLocks(admin, { userId });
  expect((await findPerson(admin, { userId }))?.locked).toBe(false);
  expect(await signsIn()).toBe(true);
});

it("the data of a person hold no secret, and neither does their page", async () => {
  const admin = await localPerson("admin");
  const { userId } = await somebody();
  await createSession(visitor, { userId });
  const exported = await exportPerson(admin, { userId });
  const shown = JSON.stringify([exported, await findPerson(admin, { userId })]);
  expect(shown).toContain(userId);
  expect(shown).not.toMatch(/argon2|tokenDigest|Sealed|passwordHash/);
});
