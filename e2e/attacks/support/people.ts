import { randomUUID } from "node:crypto";
import { linkIn, mailTo } from "../../fixtures";
import { signUpLocally, submitAction, type LocalPerson } from "./forms";
import type { Stage } from "./stage";
import { stranger } from "./test";
import { Visitor } from "./visitor";

/** Somebody with an address proved by the link of the mail, and a browser that is signed in as them. */
export async function provedPerson(stage: Stage): Promise<{ person: LocalPerson; browser: Visitor }> {
  const person = stranger();
  const browser = new Visitor(stage.url);
  await signUpLocally(browser, person);
  const link = linkIn(await mailTo(person.email, "Confirm your e-mail address"));
  await submitAction(browser, link, 'name="token"', {});
  return { person, browser };
}

export interface Member {
  readonly visitor: Visitor;
  readonly id: string;
  readonly person: LocalPerson;
}

/** Somebody with a local account, a proved address, and a role besides if one is given. */
export async function newMember({ url, rows: { sql } }: Stage, role?: string): Promise<Member> {
  const person = stranger();
  const visitor = new Visitor(url);
  await signUpLocally(visitor, person);
  const [row] = await sql<{ id: string }[]>`
    update users set email_verified_at = now() where username = ${person.username} returning id`;
  const id = row?.id ?? "";
  if (role !== undefined) await sql`insert into user_roles (user_id, role) values (${id}, ${role})`;
  return { visitor, id, person };
}

/** A role that may do this. @returns its name */
export async function newRole({ rows: { sql } }: Stage, permissions: readonly string[]): Promise<string> {
  const name = `r${randomUUID().slice(0, 12)}`;
  await sql`insert into roles (name, permissions) values (${name}, string_to_array(${permissions.join(",")}, ','))`;
  return name;
}
