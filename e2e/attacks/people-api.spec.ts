import { randomUUID } from "node:crypto";
import { linkIn, mailTo } from "../fixtures";
import { bodyOf, front, sendJson, test, tokensOf } from "./support/api";
import { newMember, newRole } from "./support/people";
import type { Stage } from "./support/stage";
import { expect, proves, stranger } from "./support/test";
import { Visitor, type Answered } from "./support/visitor";

const told = (answer: Answered) => ({ status: answer.status, error: bodyOf(answer).error });
const send = (visitor: Visitor, method: string, path: string, body?: unknown) =>
  method === "GET"
    ? visitor.get(path)
    : // As a page of ours would: by cookie, a change has to come from one.
      sendJson(visitor, path, body ?? {}, { origin: visitor.origin }, method);

/** Somebody who may do just this. */
const memberWho = async (stage: Stage, ...permissions: string[]) =>
  newMember(stage, await newRole(stage, permissions));

const operations: readonly [
  method: string,
  path: (id: string) => string,
  permission: string,
  body?: object,
][] = [
  ["GET", () => "/api/users", "read:users"],
  ["GET", (id) => `/api/users/${id}`, "read:users"],
  ["PATCH", (id) => `/api/users/${id}`, "update:users", { name: "Changed" }],
  ["DELETE", (id) => `/api/users/${id}`, "delete:users"],
  ["POST", () => "/api/users/invitations", "create:users", { email: "somebody@example.com" }],
];

test(
  "every operation on people answers 401, 403 with the permission named, and 404 for nobody",
  proves("row 20", "row 22", "8.2.1", "8.3.1"),
  async ({ api }) => {
    const victim = await memberWho(api, "read:messages");
    const member = await memberWho(api, "read:messages");
    const admin = await newMember(api, "admin");
    for (const [method, path, permission, body] of operations) {
      const at = path(victim.id);
      expect(told(await send(new Visitor(api.url), method, at, body)), at).toEqual({
        status: 401,
        error: "unauthenticated",
      });
      const denied = await send(member.visitor, method, at, body);
      expect(told(denied), at).toEqual({ status: 403, error: "denied" });
      expect(bodyOf(denied).message).toContain(permission);
      expect(denied.text).not.toContain(victim.person.username);
      if (path("x") === path("y")) continue;
      for (const nobody of [randomUUID(), "me2", "1 or 1=1"])
        expect(told(await send(admin.visitor, method, path(encodeURIComponent(nobody)), body))).toEqual({
          status: 404,
          error: "not_found",
        });
    }
    const foreign = await sendJson(
      admin.visitor,
      `/api/users/${victim.id}`,
      {},
      { origin: "https://evil.example" },
      "DELETE",
    );
    expect(told(foreign)).toEqual({ status: 403, error: "cross_site_request" });
  },
);

test(
  "an administrator lists, reads, changes, invites and closes by JSON",
  proves("row 22"),
  async ({ api }) => {
    const admin = await newMember(api, "admin");
    const other = await memberWho(api, "read:messages");
    const { username } = other.person;
    const listed = bodyOf(await admin.visitor.get(`/api/users?q=${username}`)).data as {
      people: object[];
      total: object;
    };
    expect(listed.total).toEqual({ count: 1, exact: true });
    expect(listed.people[0]).toMatchObject({ userId: other.id, username, password: true, status: "active" });
    expect(told(await admin.visitor.get("/api/users?sort=up&no=field"))).toEqual({
      status: 422,
      error: "invalid_fields",
    });

    const at = `/api/users/${other.id}`;
    const changed = await send(admin.visitor, "PATCH", at, { name: "Mary", username: `${username}-2` });
    expect(bodyOf(changed).data).toMatchObject({ name: "Mary", username: `${username}-2` });
    const refusals: readonly [object, number, string][] = [
      [{ username: admin.person.username }, 409, "username_taken"],
      [{ username: "a b", email: "nothing" }, 422, "invalid_fields"],
      [{ roles: ["admin"], status: "suspended", emailVerified: true, password: "x" }, 422, "invalid_fields"],
    ];
    for (const [body, status, error] of refusals)
      expect(told(await send(admin.visitor, "PATCH", at, body))).toEqual({ status, error });
    const closed = await send(admin.visitor, "DELETE", at);
    expect(closed.status).toBe(202);
    expect((await other.visitor.get("/api/me")).status).toBe(401);

    const { email } = stranger();
    const invited = await send(admin.visitor, "POST", "/api/users/invitations", { email, name: "Invited" });
    expect(invited.status).toBe(201);
    expect(linkIn(await mailTo(email, "You are invited"))).toMatch(/^\/reset-password\?token=/);
    const chosen = await send(admin.visitor, "POST", "/api/users/invitations", {
      ...stranger(),
      role: "admin",
    });
    expect(told(chosen)).toEqual({ status: 422, error: "invalid_fields" });
  },
);

test(
  "nobody changes by JSON somebody who may do more, nor themselves, nor after being suspended",
  proves("8.2.2", "8.3.2", "7.4.2"),
  async ({ api }) => {
    const support = await memberWho(api, "read:users", "update:users", "delete:users");
    const boss = await newMember(api, "admin");
    const tokens = await tokensOf(api, support.person);
    for (const method of ["PATCH", "DELETE"]) {
      const body = method === "PATCH" ? { email: "evil@example.com" } : {};
      expect(told(await send(support.visitor, method, `/api/users/${boss.id}`, body))).toEqual({
        status: 403,
        error: "beyond_own_permissions",
      });
      expect(told(await send(support.visitor, method, `/api/users/${support.id}`, body))).toEqual({
        status: 409,
        error: "own_account",
      });
    }
    const [row] = await api.rows.sql`select email, deletion_due_at from users where id = ${boss.id}`;
    expect(row).toEqual({ email: boss.person.email, deletion_due_at: null });
    await api.rows.sql`update users set status = 'suspended', suspended_at = now() where id = ${support.id}`;
    expect((await support.visitor.get("/api/users")).status).toBe(401);
    const bearer = { authorization: `Bearer ${tokens.access_token}`, origin: front };
    expect((await new Visitor(api.url).get("/api/users", bearer)).status).toBe(401);
  },
);
