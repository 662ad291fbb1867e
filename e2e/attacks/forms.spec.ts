import { hiddenFields, logIn, signUpLocally, submitAction } from "./support/forms";
import { pressProviderButton, signInAtPeer } from "./support/oidc";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor, rawRequest } from "./support/visitor";

test(
  "a sign-up form cannot assign what it does not show",
  proves("2.2.2", "8.2.3"),
  async ({ stage, visitor }) => {
    const person = stranger();
    const id = "00000000-0000-4000-8000-000000000001";
    const extra = {
      ...{
        id,
        userId: id,
        role: "admin",
        roles: "admin",
        "roles[]": "admin",
        permissions: "read:admin-messages",
      },
      ...{
        status: "active",
        emailVerified: "2020-01-01",
        email_verified_at: "now()",
        image: "https://evil.example/x.png",
      },
      ...{
        provider: "oidc",
        issuer: "x",
        createdAt: "2000-01-01",
        __proto__: "x",
        constructor: "x",
        "user.role": "admin",
      },
    };
    const answer = await submitAction(visitor, "/sign-up", 'name="username"', {
      ...person,
      name: "",
      ...extra,
    });
    expect(answer.location).toBe("/profile");
    const { data } = JSON.parse((await visitor.get("/api/me")).text) as { data: Record<string, unknown> };
    expect(data).toMatchObject({
      roles: ["user"],
      permissions: ["read:messages"],
      emailVerified: false,
      picture: null,
    });
    expect(data["userId"]).not.toBe(id);
    expect((await visitor.get("/admin")).status).toBe(403);
    const [row] = await stage.rows
      .sql`select status, email_verified_at, created_at > now() - interval '1 hour' as fresh
    from users where username = ${person.username}`;
    expect(row).toMatchObject({ status: "active", email_verified_at: null, fresh: true });
  },
);

const markup = `<img src=x onerror=alert(1)>"'&{{7*7}}\${7*7}`;

test("what people type comes back as text", proves("1.2.1"), async ({ visitor }) => {
  const failed = await submitAction(visitor, "/login", 'name="identifier"', {
    identifier: markup,
    password: "x",
  });
  expect(failed.text).not.toContain("<img src=x");
  expect(failed.text).toContain("&lt;img src=x onerror=alert(1)&gt;");
  const person = { ...stranger(), name: markup };
  await submitAction(visitor, "/sign-up", 'name="username"', person);
  for (const path of ["/", "/profile"]) expect((await visitor.get(path)).text).not.toContain("<img src=x");
});

test("a mistake never sends the password back", proves("14.2.1"), async ({ visitor }) => {
  const secret = "hunter2-correct-horse-staple";
  const answer = await submitAction(visitor, "/sign-up", 'name="username"', {
    username: "!",
    email: "",
    name: "",
    password: secret,
  });
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain(secret);
  const login = await submitAction(visitor, "/login", 'name="identifier"', {
    identifier: "nobody",
    password: secret,
  });
  expect(login.text).not.toContain(secret);
});

for (const [title, fields] of [
  ["nothing", {}],
  ["no password", { identifier: "ada" }],
  ["an empty password", { identifier: "ada", password: "" }],
  ["an over-long name", { identifier: "a".repeat(10_000), password: "x" }],
  ["an over-long password", { identifier: "ada", password: "p".repeat(100_000) }],
  ["a null byte", { identifier: "ada\u0000", password: "x\u0000y" }],
  ["SQL", { identifier: "' or 1=1 --", password: "' or 1=1 --" }],
  ["a pattern", { identifier: "%", password: "%" }],
] as const)
  test(`a login with ${title} is answered in place`, proves("2.2.2"), async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const answer = await submitAction(visitor, "/login", 'name="identifier"', fields);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/Enter your|is not right|have at most/);
    expect(visitor.sessionCookie).toBeUndefined();
    expect(await stage.rows.counts()).toEqual(before);
  });

test("a sign-up with a null byte is answered in place", proves("2.2.2"), async ({ stage, visitor }) => {
  const before = await stage.rows.counts();
  for (const name of ["a\u0000b", "\u0000"]) {
    const answer = await submitAction(visitor, "/sign-up", 'name="username"', { ...stranger(), name });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain("Something went wrong");
  }
  expect(await stage.rows.counts()).toEqual(before);
});

test("a form that is too large is refused unread", proves("2.2.2"), async ({ visitor }) => {
  for (const size of [20_000, 2_000_000]) {
    const answer = await pressProviderButton(visitor, { returnTo: "a".repeat(size) });
    expect(answer.location).toMatch(/code=invalid_request/);
  }
  const { text } = await visitor.get("/login");
  const fields = {
    ...hiddenFields(text, 'name="identifier"'),
    identifier: "ada",
    password: "p".repeat(3_000_000),
  };
  const answer = await visitor.postMultipart("/login", fields);
  expect([400, 413, 500]).toContain(answer.status);
  expect(answer.text).not.toMatch(/at \w+ \(|node_modules/);
  expect((await visitor.get("/login")).status).toBe(200);
});

test(
  "a form without a stated length is read as far as a form may go",
  proves("4.2.1"),
  async ({ stage, visitor }) => {
    const send = (body: string) =>
      visitor.send("/auth/sign-out", {
        method: "POST",
        headers: { origin: stage.url, "content-type": "application/x-www-form-urlencoded" },
        body: new Blob([body]).stream(),
        duplex: "half",
      } as RequestInit & { headers: Record<string, string> });
    expect((await send("scope=here")).location).toBe("/");
    expect((await send(`scope=here&more=${"x".repeat(20_000)}`)).location).toMatch(/code=invalid_request/);
  },
);

test(
  "a made-up server action is refused without a trace of the source",
  proves("16.5.1"),
  async ({ member }) => {
    for (const action of ["0".repeat(42), "x", "../../etc/passwd", "constructor"]) {
      const answer = await member.postMultipart(
        "/profile",
        { "0": '["$undefined"]' },
        { "next-action": action },
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toMatch(/\bat \S+ \(|node_modules|\/lib\//);
    }
  },
);

test(
  "text of a person writes no line of its own into the log",
  proves("16.4.1"),
  async ({ stage, visitor }) => {
    const forged = '{"level":"info","event":"authn_login_success","forged":true}';
    await logIn(visitor, { username: `x\n${forged}`, password: `y\r\n${forged}` });
    await visitor.get(`/login?x=%0a${encodeURIComponent(forged)}`, { "user-agent": `agent ${forged}` });
    const end = await signInAtPeer(visitor, stage.peer, {
      response: { code: undefined, error: `bad\n${forged}` },
    });
    expect(end).toMatchObject({ kind: "refused" });
    if (end.kind === "refused")
      await expect.poll(() => stage.entries(end.reference).length).toBeGreaterThan(0);
    const lines = stage.log().split("\n");
    expect(
      lines.filter((line) => line.startsWith('{"level":"info","event":"authn_login_success","forged"')),
    ).toEqual([]);
    for (const line of lines.filter((text) => text.startsWith("{")))
      expect(() => JSON.parse(line) as unknown).not.toThrow();
  },
);

test("passwords, cookies and tokens never reach the log", proves("16.2.5"), async ({ stage, visitor }) => {
  const person = stranger();
  await signUpLocally(visitor, person);
  await logIn(new Visitor(stage.url), { ...person, password: `${person.password}-wrong` });
  const member = new Visitor(stage.url);
  await signInAtPeer(member, stage.peer);
  await signInAtPeer(new Visitor(stage.url), stage.peer, { signing: "flipped" });
  const log = stage.log();
  expect(log).not.toContain(person.password);
  for (const cookie of [visitor.sessionCookie, member.sessionCookie]) {
    const [token = "?"] = (cookie ?? "").split(".");
    expect(log.includes(token)).toBe(false);
  }
  expect(log).not.toMatch(/\b(?:access|refresh|code)-[\w-]{32}\b|eyJ[\w-]{20,}\./);
  for (const name of ["AUTH_SECRET", "TOKEN_ENCRYPTION_KEYS", "OIDC_CLIENT_SECRET"])
    expect(log.includes(stage.env[name] ?? "?"), name).toBe(false);
});

test("line breaks in a header are not passed on", proves("1.2.1"), async ({ stage }) => {
  const query = `returnTo=${encodeURIComponent("/profile\r\nSet-Cookie: evil=1")}`;
  const answer = await rawRequest(stage.url, `/profile?${query}`, {});
  expect(answer.status).toBe(307);
  expect(String(answer.headers["location"])).not.toMatch(/[\r\n]/);
  expect(answer.headers["set-cookie"]).toBeUndefined();
});
