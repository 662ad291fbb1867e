import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { cleanUp } from "./clean-up";
import { database } from "@/db/client";
import { accounts, auditEvents, sessions, userRoles, users } from "@/db/schema";
import { signUp } from "@/lib/domain/identity/sign-up";
import { createSession } from "@/lib/domain/sessions/create-session";
import { visitorContext } from "@/lib/domain/tokens/testing/people";

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);

/** Somebody who signed up so many days ago, as the form does, and whose session of that day is swept long since. */
async function signedUp(days: number): Promise<string> {
  const at = { ...visitorContext(), now: () => ago(days) };
  const username = `u${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  const made = await signUp(at, {
    ...{ username, email: `${username}@example.org`, name: null },
    password: "a bench beneath the old oak",
  });
  if (!made.ok) throw new Error(made.error.code);
  await signInAt(made.value.userId, days);
  return made.value.userId;
}

async function signInAt(userId: string, days: number): Promise<void> {
  const { id } = await createSession({ ...visitorContext(), now: () => ago(days) }, { userId });
  await database().delete(sessions).where(eq(sessions.id, id));
}

async function isThere(userId: string): Promise<boolean> {
  return (await database().select().from(users).where(eq(users.id, userId))).length === 1;
}

describe("an account whose address nobody proved", () => {
  it("is deleted after 90 days when nobody came back to it, and the log says why", async () => {
    const left = await signedUp(91);
    const young = await signedUp(89);
    expect((await cleanUp(database()))?.accounts).toBe(1);
    expect(await isThere(left)).toBe(false);
    expect(await isThere(young)).toBe(true);
    const events = await database().select().from(auditEvents).where(eq(auditEvents.subjectId, left));
    expect(events.find(({ event }) => event === "user_deleted")?.details).toEqual({
      reason: "address_never_proved",
    });
  });

  const used: Record<string, (userId: string) => Promise<unknown>> = {
    "signed in again later": (userId) => signInAt(userId, 60),
    "has a session": (userId) => createSession(visitorContext(), { userId }),
    "proved the address": (userId) =>
      database().update(users).set({ emailVerified: new Date() }).where(eq(users.id, userId)),
    "connected an identity": (userId) =>
      database()
        .insert(accounts)
        .values({ userId, provider: "oidc", issuer: "https://idp.example", subject: userId }),
    "was given a role": (userId) => database().insert(userRoles).values({ userId, role: "admin" }),
    "was suspended": (userId) =>
      database().update(users).set({ status: "suspended" }).where(eq(users.id, userId)),
    "has no address": (userId) => database().update(users).set({ email: null }).where(eq(users.id, userId)),
    "is older than the log": (userId) =>
      database().delete(auditEvents).where(eq(auditEvents.subjectId, userId)),
  };

  it.each(Object.keys(used))("stays when its person %s", async (what) => {
    const userId = await signedUp(400);
    await used[what]!(userId);
    expect((await cleanUp(database()))?.accounts).toBe(0);
    expect(await isThere(userId)).toBe(true);
  });
});
