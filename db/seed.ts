import { readFile } from "node:fs/promises";
import { hash } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { z } from "zod";
import { accounts, credentials, userRoles, users } from "./schema";
import { scriptEnvironment } from "@/lib/env";
import { roles } from "@/lib/shared/permissions";

/** Subjects at the development provider are the user name behind this prefix. */
const subjectPrefix = "demo|";

const people = z
  .array(
    z.object({
      username: z.string(),
      name: z.string(),
      email: z.email(),
      emailVerified: z.boolean(),
      role: z.enum(roles),
      password: z.string(),
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
    const { username, name, email } = person;
    const [created] = await tx
      .insert(users)
      .values({ username, name, email, emailVerified: person.emailVerified ? new Date() : null })
      .onConflictDoNothing()
      .returning({ id: users.id });
    const [known] = await tx.select({ id: users.id }).from(users).where(eq(users.username, username));
    const userId = (created ?? known)?.id;
    if (userId === undefined) throw new Error(`${username}'s e-mail address belongs to somebody else here`);
    await tx
      .insert(credentials)
      .values({ userId, passwordHash: await hash(person.password) })
      .onConflictDoNothing();
    const granted = [...new Set(["user" as const, person.role])];
    await tx
      .insert(userRoles)
      .values(granted.map((role) => ({ userId, role })))
      .onConflictDoNothing();
    if (SEED_OIDC_ISSUER !== undefined && person.linked)
      await tx
        .insert(accounts)
        .values({ userId, provider: "oidc", issuer: SEED_OIDC_ISSUER, subject: subjectPrefix + username })
        .onConflictDoNothing();
  });
}
await sql.end();
console.log(`The demo people are there: ${people.map(({ username }) => username).join(", ")}.`);
