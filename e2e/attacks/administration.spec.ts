import { hiddenFields } from "./support/forms";
import { newMember, newRole } from "./support/people";
import type { Stage } from "./support/stage";
import { expect, proves, test } from "./support/test";
import { Visitor } from "./support/visitor";

const userRow = async ({ rows: { sql } }: Stage, id: string) => {
  const [row] = await sql`
    select u.*, array(select role from user_roles r where r.user_id = u.id order by role) as roles,
      (select count(*)::int from sessions s where s.user_id = u.id and revoked_at is null) as live
    from users u where id = ${id}`;
  return row!;
};

/** The forms of a person's page, by something that stands in each. */
const forms: readonly [title: string, mark: string, fields: Record<string, string>][] = [
  ["edit", 'aria-label="Change the details"', { name: "Pwned", username: "", email: "evil@example.com" }],
  ["suspend", 'aria-label="Suspend"', { reason: "because", until: "" }],
  ["grant", "Another role", { role: "admin" }],
  ["revoke", "Take away", { role: "user" }],
  ["end sessions", "End session", {}],
  ["reset", "Start a password reset", {}],
  ["unprove", "Have the address confirmed anew", {}],
  ["close", "Delete the account", {}],
];

test(
  "no form of a person's page does anything for somebody without the permission",
  proves("8.2.1", "8.3.1"),
  async ({ stage }) => {
    const admin = await newMember(stage, "admin");
    const victim = await newMember(stage);
    const mallory = await newMember(stage);
    const path = `/admin/users/${victim.id}`;
    const { text } = await admin.visitor.get(path);
    const before = await userRow(stage, victim.id);
    for (const [title, mark, fields] of forms) {
      const stolen = { ...hiddenFields(text, mark), ...fields, userId: victim.id };
      for (const at of [path, "/profile", "/login"]) {
        const answer = await mallory.visitor.postMultipart(at, stolen);
        expect(answer.status, `${title} at ${at}`).toBeLessThan(500);
      }
      await new Visitor(stage.url).postMultipart(path, stolen);
      expect(await userRow(stage, victim.id), title).toEqual(before);
    }
    expect((await mallory.visitor.post(`${path}/data`, {})).text).not.toContain(victim.person.username);
  },
);

test(
  "who may change addresses and suspend reaches no administrator, by any form (IDOR)",
  proves("8.2.2"),
  async ({ stage }) => {
    const role = await newRole(stage, [
      ...["read:users", "update:users", "suspend:users", "delete:users", "end:sessions", "grant:roles"],
      "export:users",
    ]);
    const support = await newMember(stage, role);
    const boss = await newMember(stage, "admin");
    const other = await newMember(stage);
    const { text } = await support.visitor.get(`/admin/users/${other.id}`);
    const before = await userRow(stage, boss.id);
    for (const [title, mark, fields] of forms) {
      // The form of somebody whom they may act on, with the id of somebody whom they may not.
      const answer = await support.visitor.postMultipart(`/admin/users/${other.id}`, {
        ...{ ...hiddenFields(text, mark), ...fields },
        userId: boss.id,
      });
      expect(answer.status, title).toBeLessThan(500);
      expect(await userRow(stage, boss.id), title).toEqual(before);
    }
    const data = await support.visitor.post(`/admin/users/${boss.id}/data`, {});
    expect(data.location).toContain("problem=beyond_own_permissions");
    // Nor do they give themselves or others what they do not have.
    const grant = { ...hiddenFields(text, "Another role"), role: "admin" };
    for (const userId of [support.id, other.id])
      await support.visitor.postMultipart(`/admin/users/${other.id}`, { ...grant, userId });
    expect((await userRow(stage, support.id))["roles"]).not.toContain("admin");
    expect((await userRow(stage, other.id))["roles"]).toEqual(["user"]);
  },
);

test("another person's session is not ended through somebody's page", proves("8.2.2"), async ({ stage }) => {
  const role = await newRole(stage, ["read:users", "end:sessions"]);
  const support = await newMember(stage, role);
  const [one, boss] = [await newMember(stage), await newMember(stage, "admin")];
  const { text } = await support.visitor.get(`/admin/users/${one.id}`);
  const [session] = await stage.rows.sql<
    { id: string }[]
  >`select id from sessions where user_id = ${boss.id}`;
  const answer = await support.visitor.postMultipart(`/admin/users/${one.id}`, {
    ...hiddenFields(text, "End session"),
    sessionId: session!.id,
  });
  expect(answer.status).toBeLessThan(500);
  expect((await userRow(stage, boss.id))["live"]).toBe(1);
});

test(
  "a suspended administrator's open page does nothing any more",
  proves("7.4.2", "8.3.2"),
  async ({ stage }) => {
    const admin = await newMember(stage, "admin");
    const victim = await newMember(stage);
    const path = `/admin/users/${victim.id}`;
    const { text } = await admin.visitor.get(path);
    await stage.rows.sql`update users set status = 'suspended', suspended_at = now() where id = ${admin.id}`;
    const before = await userRow(stage, victim.id);
    for (const [title, mark, fields] of forms) {
      await admin.visitor.postMultipart(path, { ...hiddenFields(text, mark), ...fields });
      expect(await userRow(stage, victim.id), title).toEqual(before);
    }
  },
);

test(
  "what people, browsers and providers write is text on every page",
  proves("3.2.2", "1.2.1"),
  async ({ stage }) => {
    const admin = await newMember(stage, "admin");
    const payload = (where: string) => `"><img src=x onerror=alert('${where}')><script>alert(1)</script>`;
    const { id } = await newMember(stage);
    const { sql } = stage.rows;
    await sql`update users set name = ${payload("name")}, suspension_reason = ${payload("reason")}, status = 'suspended',
    suspended_at = now(), email = ${`"><script>"@example.com`} where id = ${id}`;
    await sql`update sessions set user_agent = ${payload("agent")}, address = ${payload("address")} where user_id = ${id}`;
    await sql`insert into accounts (user_id, provider, issuer, subject, claims)
    values (${id}, ${payload("provider")}, ${payload("issuer")}, ${payload("subject") + id}, ${sql.json({
      email: "claimed@example.com",
      name: payload("claim"),
    })})`;
    await sql`insert into audit_events (event, subject_id, request_id, details)
    values (${payload("event")}, ${id}, ${payload("request")}, ${sql.json({ change: payload("change") })})`;
    for (const path of [`/admin/users/${id}`, `/admin/users?q=${encodeURIComponent(payload("name"))}`]) {
      const { status, text } = await admin.visitor.get(path);
      expect(status).toBe(200);
      expect(text).toContain("onerror=alert(&#x27;name&#x27;)");
      expect(text).not.toMatch(/<img src=x|<script>alert/);
    }
  },
);
