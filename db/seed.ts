import { readFile } from "node:fs/promises";
import { hash } from "@node-rs/argon2";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { z } from "zod";
import { accounts, credentials, userRoles, users } from "./schema";
import { scriptEnvironment } from "@/lib/env";
import { roles } from "@/lib/shared/permissions";

const people = z
  .array(
    z.object({
      username: z.string(),
      name: z.string(),
      email: z.email(),
      emailVerified: z.boolean(),
      role: z.enum(roles),
      password: z.string(),
      subject: z.string().nullable().describe("at the development provider, null when not known there"),
      local: z.boolean(),
      linked: z.boolean().describe("whether the local account and the provider's identity are one person"),
    }),
  )
  .parse(JSON.parse(await readFile("dev/people.json", "utf8")));

const { DATABASE_URL, SEED_OIDC_ISSUER } = scriptEnvironment();
const sql = postgres(DATABASE_URL, { max: 1 });
const db = drizzle(sql);

for (const person of people.filter(({ local }) => local)) {
  await db.transaction(async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({
        username: person.username,
        name: person.name,
        email: person.email,
        emailVerified: person.emailVerified ? new Date() : null,
      })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (user === undefined) return;
    await tx.insert(credentials).values({ userId: user.id, passwordHash: await hash(person.password) });
    await tx.insert(userRoles).values({ userId: user.id, role: "user" });
    if (person.role !== "user") await tx.insert(userRoles).values({ userId: user.id, role: person.role });
    if (SEED_OIDC_ISSUER !== undefined && person.linked && person.subject !== null)
      await tx
        .insert(accounts)
        .values({ userId: user.id, provider: "oidc", issuer: SEED_OIDC_ISSUER, subject: person.subject });
  });
}
await sql.end();
console.log(`The demo people are there: ${people.map(({ username }) => username).join(", ")}.`);
