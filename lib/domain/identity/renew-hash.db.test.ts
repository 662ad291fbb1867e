import { hash as argon2 } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { checkPassword } from "./check-password";
import { signInWithPassword } from "./sign-in-with-password";
import { personWith, type Made } from "./testing/mailed";
import { database } from "@/db/client";
import { credentials } from "@/db/schema";
import { visitorContext } from "@/lib/domain/tokens/testing/people";
import { hashPassword } from "@/lib/platform/hashing/password-hash";

/** Failures of other tests count against their network, not this one. */
const ctx = { ...visitorContext(), address: "198.51.100.71" };
const password = "a password of years ago";
const weak = { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 } as const;
const longAgo = new Date("2020-01-01T00:00:00Z");

async function personOf(passwordHash: string): Promise<Made> {
  const made = await personWith({ proved: true, password: null });
  await database().insert(credentials).values({ userId: made.userId, passwordHash, changedAt: longAgo });
  return made;
}

async function kept({ userId }: Made): Promise<{ passwordHash: string; changedAt: Date }> {
  const [row] = await database().select().from(credentials).where(eq(credentials.userId, userId));
  if (row === undefined) throw new Error("there is no password");
  return row;
}

async function signIn({ username }: Made, given = password) {
  const checked = await checkPassword(ctx, { identifier: username, password: given });
  return checked.ok ? signInWithPassword(ctx, { checked: checked.value, previousToken: null }) : checked;
}

describe("a hash that was made with less than today's parameters (ASVS 11.4.2)", () => {
  it("is made anew by the sign-in that knows the password, which it says nothing about", async () => {
    const person = await personOf(await argon2(password, weak));
    expect((await signIn(person)).ok).toBe(true);
    const { passwordHash, changedAt } = await kept(person);
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(changedAt, "the password is the same").toEqual(longAgo);
    expect((await signIn(person)).ok).toBe(true);
    expect((await kept(person)).passwordHash, "once is enough").toBe(passwordHash);
  });

  it.each([
    ["passes", { ...weak, memoryCost: 65_536 }],
    ["memory", { ...weak, timeCost: 3 }],
    ["resistance to side channels", { ...weak, memoryCost: 65_536, timeCost: 3, algorithm: 1 }],
  ] as const)("for want of %s alone too", async (_, options) => {
    const person = await personOf(await argon2(password, options));
    expect((await signIn(person)).ok).toBe(true);
    expect((await kept(person)).passwordHash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  });

  it("stays after a wrong password", async () => {
    const old = await argon2(password, weak);
    const person = await personOf(old);
    expect((await signIn(person, "not the password at all")).ok).toBe(false);
    expect((await kept(person)).passwordHash).toBe(old);
  });

  it("is made anew by ten sign-ins at once, and all of them get in", async () => {
    const person = await personOf(await argon2(password, weak));
    const tries = await Promise.all(Array.from({ length: 10 }, () => signIn(person)));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(10);
  });
});

it("a hash of more than today's parameters, and one of today's, stay as they are", async () => {
  for (const hash of [
    await argon2(password, { ...weak, memoryCost: 98_304, timeCost: 3 }),
    await hashPassword(password),
  ]) {
    const person = await personOf(hash);
    expect((await signIn(person)).ok).toBe(true);
    expect((await kept(person)).passwordHash).toBe(hash);
  }
});

it("a password signs in however old it is, and asks for no change (ASVS 6.2.10)", async () => {
  const person = await personOf(await hashPassword(password));
  const changedAt = new Date("1999-12-31T00:00:00Z");
  await database().update(credentials).set({ changedAt }).where(eq(credentials.userId, person.userId));
  expect((await signIn(person)).ok).toBe(true);
  expect((await kept(person)).changedAt).toEqual(changedAt);
});
