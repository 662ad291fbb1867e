import { randomUUID } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { credentials, mailOutbox, userRoles, users } from "@/db/schema";
import { openSecret } from "@/lib/domain/tokens/vault";
import { hashPassword } from "@/lib/platform/hashing/password-hash";

export interface Made {
  readonly userId: string;
  readonly username: string;
  readonly email: string;
}

/** A new person with an address, and a password if one is given. */
export async function personWith(given: {
  readonly email?: string;
  readonly proved: boolean;
  readonly password: string | null;
}): Promise<Made> {
  const username = `p${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  const email = given.email ?? `${username}@example.org`;
  const emailVerified = given.proved ? new Date() : null;
  const [user] = await database().insert(users).values({ username, email, emailVerified }).returning();
  if (user === undefined) throw new Error("the user was not returned");
  await database().insert(userRoles).values({ userId: user.id, role: "user" });
  if (given.password !== null)
    await database()
      .insert(credentials)
      .values({ userId: user.id, passwordHash: await hashPassword(given.password) });
  return { userId: user.id, username, email };
}

/** The text of the newest mail of a kind to an address that waits in the outbox, or null. */
export async function waitingMail(email: string, kind: string): Promise<string | null> {
  const [row] = await database()
    .select()
    .from(mailOutbox)
    .where(and(eq(sql`lower(${mailOutbox.recipient})`, email.toLowerCase()), eq(mailOutbox.kind, kind)))
    .orderBy(desc(mailOutbox.createdAt))
    .limit(1);
  if (row === undefined || row.contentSealed === null) return null;
  const content = openSecret({ table: "mail_outbox", id: row.id }, row.contentSealed) ?? "{}";
  return (JSON.parse(content) as { text: string }).text;
}

/** The token of the link in a mail. */
export function tokenIn(text: string | null): string {
  const token = /\?token=([\w-]{43})/.exec(text ?? "")?.[1];
  if (token === undefined) throw new Error("the mail holds no link");
  return token;
}
