import { randomBytes } from "node:crypto";
import { hash as argon2 } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { checkPassword } from "./check-password";
import { database } from "@/db/client";
import { credentials, rateLimits, users } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { limitOf } from "@/lib/domain/rate-limits/counter";
import { visitorContext } from "@/lib/domain/tokens/testing/people";

const password = "correct horse battery staple";
const from = (address: string | null): Context => ({ ...visitorContext(), address });
const tell = async (ctx: Context, identifier: string, given: string) => {
  const result = await checkPassword(ctx, { identifier, password: given });
  return result.ok ? "signed-in" : result.error.code;
};

/** What is counted here are tries, however long each takes. */
const cheap = { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 } as const;

async function accounts(count: number): Promise<string[]> {
  const passwordHash = await argon2(password, cheap);
  const mark = randomBytes(6).toString("hex");
  const rows = Array.from({ length: count }, (_, at) => ({
    username: `${mark}-${String(at)}`,
    email: `${mark}-${String(at)}@example.test`,
  }));
  const made = await database().insert(users).values(rows).returning({ id: users.id });
  await database()
    .insert(credentials)
    .values(made.map(({ id }) => ({ userId: id, passwordHash })));
  return rows.map(({ username }) => username);
}

async function failTimes(times: number, ctx: (at: number) => Context, identifier: string): Promise<string[]> {
  const answers: string[] = [];
  for (let at = 0; at < times; at += 1) answers.push(await tell(ctx(at), identifier, "wrong"));
  return answers;
}

beforeEach(() => database().delete(rateLimits));

describe("guessing passwords (ASVS 6.3.1)", () => {
  it("of one account from one address is refused after a few, the right one too, until the window ends", async () => {
    const [name = ""] = await accounts(1);
    const ctx = from("203.0.113.7");
    const tries = limitOf("sign_in_pair");
    expect(new Set(await failTimes(tries, () => ctx, name))).toEqual(new Set(["invalid_credentials"]));
    expect(await tell(ctx, name, "wrong")).toBe("rate_limited");
    expect(await tell(ctx, name.toUpperCase(), password)).toBe("rate_limited");
    expect(await tell(from("203.0.113.200"), name, password)).toBe("rate_limited");
    expect(await tell(from("198.51.100.1"), name, password)).toBe("signed-in");
    await database()
      .update(rateLimits)
      .set({ expire: sql`0` });
    expect(await tell(ctx, name, password)).toBe("signed-in");
  });

  it("of nobody's account is refused in the same way", async () => {
    const ctx = from("203.0.113.7");
    const answers = await failTimes(limitOf("sign_in_pair") + 1, () => ctx, "nobody-at-all");
    expect(answers.at(-2)).toBe("invalid_credentials");
    expect(answers.at(-1)).toBe("rate_limited");
  });

  it("all at once passes no more than one after the other", async () => {
    const [name = ""] = await accounts(1);
    const ctx = from("203.0.113.7");
    const answers = await Promise.all(Array.from({ length: 60 }, () => tell(ctx, name, "wrong")));
    expect(answers.filter((answer) => answer === "invalid_credentials")).toHaveLength(
      limitOf("sign_in_pair"),
    );
  });

  it("of one account from ever new addresses locks it, and the answer does not tell", async () => {
    const [name = ""] = await accounts(1);
    const strangerAt = (at: number) => from(`10.${String(at)}.0.1`);
    const answers = await failTimes(limitOf("sign_in_account"), strangerAt, name);
    expect(new Set(answers)).toEqual(new Set(["invalid_credentials"]));
    expect(await tell(from("198.51.100.1"), name, password)).toBe("invalid_credentials");
  });

  it("is forgiven by the right password: nobody who signs in often is locked out", async () => {
    const [name = ""] = await accounts(1);
    const ctx = from("203.0.113.7");
    for (let times = 0; times < limitOf("sign_in_pair") + 5; times += 1)
      expect(await tell(ctx, name, password)).toBe("signed-in");
  });

  it("keeps nothing of what was typed", async () => {
    await tell(from("203.0.113.7"), "my secret pass phrase", "wrong");
    const rows = JSON.stringify(await database().select().from(rateLimits));
    expect(rows).toContain("sign_in_pair");
    expect(rows).not.toMatch(/secret|203\.0\.113/);
  });

  it(
    "10,000 times over 1,000 accounts from 50 addresses stops at the limits",
    { timeout: 120_000 },
    async () => {
      const names = await accounts(1_000);
      const attempts = names.flatMap((name, at) =>
        Array.from({ length: 10 }, (_, guess) => ({
          name,
          given: guess === 9 ? password : "wrong",
          ctx: from(`198.18.${String((at + guess) % 50)}.1`),
        })),
      );
      // Guess by guess over all accounts, as those who stuff credentials do.
      attempts.sort((one, other) => Number(one.given === password) - Number(other.given === password));
      const answers: string[] = [];
      const queue = attempts.values();
      const worker = async () => {
        for (const { name, given, ctx } of queue) answers.push(await tell(ctx, name, given));
      };
      const workers = 40;
      await Promise.all(Array.from({ length: workers }, worker));
      const tried = answers.filter((answer) => answer !== "rate_limited").length;
      expect(answers).toHaveLength(10_000);
      expect(tried).toBeLessThanOrEqual(
        limitOf("sign_in_global") + 50 * limitOf("sign_in_address_under_attack") + workers,
      );
      expect(answers.filter((answer) => answer === "signed-in")).toEqual([]);
      expect(await tell(from("203.0.113.99"), names[0] ?? "", password)).toBe("signed-in");
    },
  );
});
