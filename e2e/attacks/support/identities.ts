import { signUpLocally, submitAction, type LocalPerson } from "./forms";
import type { Stage } from "./stage";
import { stranger } from "./test";
import { Visitor, type Answered } from "./visitor";

export const connectPage = "/settings/identities/connect";
export const identitiesPage = "/settings/identities";
export const link = { intent: "link" };

export async function subjectsOf({ rows: { sql } }: Stage, visitor: Visitor): Promise<string[]> {
  const { data } = JSON.parse((await visitor.get("/api/me")).text) as { data: { userId: string } };
  const rows = await sql<{ subject: string }[]>`
    select subject from accounts where user_id = ${data.userId} order by created_at`;
  return rows.map(({ subject }) => subject);
}

/** Somebody with a password and a proved e-mail address, signed in. */
export async function localMember({
  url,
  rows: { sql },
}: Stage): Promise<{ visitor: Visitor; person: LocalPerson }> {
  const visitor = new Visitor(url);
  const person = stranger();
  await signUpLocally(visitor, person);
  await sql`update users set email_verified_at = now() where username = ${person.username}`;
  return { visitor, person };
}

/** Presses "Connect" on the page that asks. */
export function connect(visitor: Visitor, headers: Record<string, string> = {}): Promise<Answered> {
  return submitAction(visitor, connectPage, ">Connect<", {}, headers);
}

/** Makes the session of the browser older than a recent one may be. */
export async function letTimePass({ rows: { sql } }: Stage, visitor: Visitor): Promise<void> {
  const { data } = JSON.parse((await visitor.get("/api/me")).text) as { data: { userId: string } };
  await sql`update sessions set authenticated_at = now() - interval '1 hour', confirmed_at = now() - interval '1 hour'
    where user_id = ${data.userId}`;
}

export const verified = (email: string, subject = stranger().username) => ({
  subject,
  idToken: { email, email_verified: true },
});
