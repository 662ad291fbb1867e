import { mailTo } from "../fixtures";
import { authenticate, bodyOf, front, sendJson, test, tokensOf } from "./support/api";
import { signUpLocally } from "./support/forms";
import { startStage, type Stage } from "./support/stage";
import { expect, proves, stranger } from "./support/test";
import { Visitor, type Answered } from "./support/visitor";

const users = "/api/users";
const me = "/api/users/me";

const told = (answer: Answered) => ({ status: answer.status, error: bodyOf(answer).error });
const fieldsOf = (answer: Answered) => Object.keys(bodyOf(answer).data?.["fields"] ?? {}).sort();

async function rowOf({ rows: { sql } }: Stage, username: string) {
  const [row] = await sql`
    select name, email, email_verified_at, image, status, deletion_due_at,
      (select array_agg(role) from user_roles r where r.user_id = u.id) as roles
    from users u where username = ${username}`;
  return row;
}

async function signedIn(api: Stage, { username, password }: { username: string; password: string }) {
  const visitor = new Visitor(api.url);
  expect((await authenticate(visitor, { uid: username, password })).status).toBe(200);
  return visitor;
}

test(
  "a script signs up, gets the mail of the page's sign-up, and learns nothing about the address",
  proves("row 25", "row 22", "6.3.8"),
  async ({ api, person }) => {
    await api.rows.sql`update users set email_verified_at = now() where username = ${person.username}`;
    const answers = [];
    for (const email of [person.email, stranger().email]) {
      const { username, password } = stranger();
      const visitor = new Visitor(api.url);
      const answer = await sendJson(visitor, users, { username, password, email });
      expect(answer.status).toBe(201);
      expect(visitor.sessionCookie, "signs nobody in").toBeUndefined();
      expect(bodyOf(answer).data).toMatchObject({ username });
      const { data, ...rest } = bodyOf(answer);
      answers.push({ ...rest, keys: Object.keys(data ?? {}), headers: [...answer.headers.keys()] });
      expect(await rowOf(api, username)).toMatchObject({ email, email_verified_at: null, roles: ["user"] });
      expect((await authenticate(new Visitor(api.url), { uid: username, password })).status).toBe(200);
      await mailTo(
        email,
        email === person.email ? "You already have an account" : "Confirm your e-mail address",
      );
    }
    expect(answers[0]).toEqual(answers[1]);
  },
);

test(
  "fields that are wrong, missing or not for the sender are named, and nothing is made",
  proves("row 25", "2.2.1", "2.2.2", "15.3.3"),
  async ({ api, person }) => {
    const visitor = new Visitor(api.url);
    const { username, email, password } = stranger();
    const before = await api.rows.counts();
    for (const [body, fields] of [
      [{}, ["email", "password", "username"]],
      [{ username, email, password: "short" }, ["password"]],
      [{ username, email, password: "passwordpassword" }, ["password"]],
      [{ username, email, password: `${username}${username}` }, ["password"]],
      [{ username: "a b", email: "no address", password }, ["email", "username"]],
      [{ username: [username], email: { address: email }, password }, ["email", "username"]],
      [
        { username, email, password, role: "admin", status: "active", emailVerified: true },
        ["emailVerified", "role", "status"],
      ],
      [
        `{"username":"${username}","email":"${email}","password":"${password}","__proto__":{}}`,
        ["__proto__"],
      ],
    ] as const) {
      const answer = await sendJson(visitor, users, body);
      expect(told(answer), JSON.stringify(body)).toEqual({ status: 422, error: "invalid_fields" });
      expect(fieldsOf(answer)).toEqual(fields);
    }
    const taken = await sendJson(visitor, users, {
      username: person.username.toUpperCase(),
      email,
      password,
    });
    expect(told(taken)).toEqual({ status: 409, error: "username_taken" });
    const again = await sendJson(
      await signedIn(api, person),
      users,
      { username, email, password },
      { origin: api.url },
    );
    expect(told(again)).toEqual({ status: 403, error: "signed_in" });
    const foreign = await sendJson(
      visitor,
      users,
      { username, email, password },
      { origin: "https://evil.example" },
    );
    expect(told(foreign)).toEqual({ status: 403, error: "cross_site_request" });
    expect((await api.rows.counts())["users"]).toBe(before["users"]);
  },
);

test("bodies that are none are told apart", proves("row 20", "4.1.1"), async ({ api, person }) => {
  const visitor = await signedIn(api, person);
  const own = { origin: api.url };
  for (const [method, path] of [
    ["POST", users],
    ["PATCH", me],
  ] as const) {
    const sender = method === "POST" ? new Visitor(api.url) : visitor;
    const answers = [];
    for (const body of ["", "{", "[]", "null", '"x"', `{"name":"${"a".repeat(20_000)}"}`])
      answers.push(told(await sendJson(sender, path, body, own, method)));
    const none = { status: 400, error: "invalid_request" };
    expect(answers).toEqual([none, none, none, none, none, { status: 413, error: "body_too_large" }]);
    const form = { ...own, "content-type": "application/x-www-form-urlencoded" };
    expect(told(await sendJson(sender, path, "name=x", form, method))).toEqual({
      status: 415,
      error: "unsupported_media_type",
    });
  }
});

test("sign-ups are counted with those of the page", proves("2.4.1", "row 25"), async ({ world }) => {
  const stage = await startStage(world, { env: { RATE_LIMITS: "sign_up_address=1/900" } });
  try {
    await signUpLocally(new Visitor(stage.url), stranger());
    const stopped = await sendJson(new Visitor(stage.url), users, stranger());
    expect(told(stopped)).toEqual({ status: 429, error: "rate_limited" });
    expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(800);
  } finally {
    await stage.close();
  }
});

test(
  "somebody reads and changes their profile by cookie and by token, and nothing else of it",
  proves("row 22", "8.2.3", "15.3.3"),
  async ({ api, person }) => {
    const visitor = await signedIn(api, person);
    const { access_token: token } = await tokensOf(api, person);
    const asScript = { authorization: `Bearer ${token}` };
    const asPage = { origin: api.url };
    const read = await new Visitor(api.url).get(me, asScript);
    expect(bodyOf(read).data).toMatchObject({ username: person.username, name: null, emailVerified: false });
    expect(read.text).not.toMatch(/session|password|hash/i);

    const script = new Visitor(api.url);
    const picture = "https://img.example.org/me.png";
    const changed = await sendJson(script, me, { name: " Mary ", picture }, asScript, "PATCH");
    expect(bodyOf(changed).data).toMatchObject({ name: "Mary", displayName: "Mary", picture });
    const cleared = await sendJson(visitor, me, { picture: null }, asPage, "PATCH");
    expect(bodyOf(cleared).data).toMatchObject({ name: "Mary", picture: null });

    const before = await rowOf(api, person.username);
    for (const extra of [
      { role: "admin" },
      { roles: ["admin"] },
      { email: "evil@example.com" },
      { emailVerified: true },
      { username: "root" },
      { userId: "00000000-0000-4000-8000-000000000001" },
      { status: "suspended" },
      { image: "https://evil.example/x.png" },
    ]) {
      const answer = await sendJson(visitor, me, { name: "Eve", ...extra }, asPage, "PATCH");
      expect(told(answer), JSON.stringify(extra)).toEqual({ status: 422, error: "invalid_fields" });
      expect(fieldsOf(answer)).toEqual(Object.keys(extra));
    }
    // The address does not fit, so the name is not taken either.
    const wrong = await sendJson(
      visitor,
      me,
      { name: "Eve", picture: "javascript:alert(1)" },
      asPage,
      "PATCH",
    );
    expect([wrong.status, fieldsOf(wrong)]).toEqual([422, ["picture"]]);
    expect(await rowOf(api, person.username)).toEqual(before);
  },
);

test(
  "another site's page changes and deletes nothing with the cookie it makes a browser send",
  proves("3.5.1", "3.5.2", "row 24"),
  async ({ api, person }) => {
    const visitor = await signedIn(api, person);
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `${front}.evil.example` },
      { "sec-fetch-site": "cross-site" },
      {},
    ] as Record<string, string>[])
      for (const method of ["PATCH", "DELETE"]) {
        const answer = await sendJson(visitor, me, { name: "Eve" }, headers, method);
        expect(told(answer), `${method} ${JSON.stringify(headers)}`).toEqual({
          status: 403,
          error: "cross_site_request",
        });
      }
    expect(await rowOf(api, person.username)).toMatchObject({ name: null, deletion_due_at: null });
    const asked = { origin: front, "access-control-request-method": "PATCH" };
    const preflight = await visitor.send(me, { method: "OPTIONS", headers: asked });
    expect(preflight.headers.get("access-control-allow-methods")).toContain("PATCH");
    const changed = await sendJson(visitor, me, { name: "Mary" }, { origin: front }, "PATCH");
    expect([changed.status, changed.headers.get("access-control-allow-origin")]).toEqual([200, front]);
  },
);

test(
  "an account is deleted only after a recent sign-in, and with the days of grace of the settings page",
  proves("7.5.1", "row 22", "7.4.1"),
  async ({ api, person }) => {
    const { sql } = api.rows;
    const visitor = await signedIn(api, person);
    const { access_token: token } = await tokensOf(api, person);
    const asScript = { authorization: `Bearer ${token}` };
    await sql`update sessions set confirmed_at = now() - interval '11 minutes'`;
    for (const headers of [{ origin: api.url }, asScript] as Record<string, string>[])
      expect(told(await visitor.send(me, { method: "DELETE", headers }))).toEqual({
        status: 403,
        error: "authentication_not_recent",
      });
    expect(await rowOf(api, person.username)).toMatchObject({ deletion_due_at: null });

    const again = await signedIn(api, person);
    const closed = await again.send(me, { method: "DELETE", headers: { origin: api.url } });
    expect(closed.status).toBe(202);
    const due = Date.parse(String(bodyOf(closed).data?.["deletedAfter"]));
    expect(due - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    expect(again.sessionCookie).toBeUndefined();
    expect((await visitor.get(me)).status).toBe(401);
    expect((await new Visitor(api.url).get(me, asScript)).status).toBe(401);
    expect((await rowOf(api, person.username))?.["deletion_due_at"]).not.toBeNull();
    await signedIn(api, person);
    expect(await rowOf(api, person.username)).toMatchObject({ deletion_due_at: null });
  },
);

test("what the API does not have it says in its own words", proves("4.1.4", "row 20"), async ({ api }) => {
  const visitor = new Visitor(api.url);
  for (const [method, path, allow] of [
    ["PUT", me, "GET, PATCH, DELETE, HEAD, OPTIONS"],
    ["DELETE", users, "GET, POST, HEAD, OPTIONS"],
    ["GET", "/api/authenticate", "POST, OPTIONS"],
  ] as const) {
    const answer = await visitor.send(path, { method, headers: { origin: api.url } });
    expect(told(answer)).toEqual({ status: 405, error: "method_not_allowed" });
    expect(answer.headers.get("allow")).toBe(allow);
  }
  for (const path of ["/api/nothing", "/api/messages", "/api/users/me/too", "/api/token"])
    expect(told(await visitor.get(path)), path).toEqual({ status: 404, error: "not_found" });
  expect(told(await visitor.get(me))).toEqual({ status: 401, error: "unauthenticated" });
});
