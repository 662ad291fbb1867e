import { hiddenFields, signUpLocally } from "./support/forms";
import { signInAtPeer, signedInVisitor } from "./support/oidc";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor } from "./support/visitor";

async function whoAmI(visitor: Visitor): Promise<{ userId: string; permissions: string[] } | null> {
  const answer = await visitor.get("/api/me");
  if (answer.status !== 200) return null;
  return (JSON.parse(answer.text) as { data: { userId: string; permissions: string[] } }).data;
}

test(
  "a role that is given or taken counts on the next request",
  proves("8.3.2"),
  async ({ stage, member }) => {
    const { sql } = stage.rows;
    const userId = (await whoAmI(member))?.userId ?? "";
    expect((await member.get("/admin")).status).toBe(403);
    await sql`insert into user_roles (user_id, role) values (${userId}, 'admin')`;
    expect((await member.get("/admin")).status).toBe(200);
    expect((await member.get("/api/messages/admin")).status).toBe(200);
    await sql`delete from user_roles where user_id = ${userId} and role = 'admin'`;
    expect((await member.get("/admin")).status).toBe(403);
    expect((await whoAmI(member))?.permissions).toEqual(["read:messages"]);
  },
);

test("a suspended person is out at once and cannot come back", proves("7.4.2"), async ({ stage }) => {
  const subject = stranger().username;
  const visitor = await signedInVisitor(stage.url, stage.peer, { subject });
  const userId = (await whoAmI(visitor))?.userId ?? "";
  await stage.rows.sql`update users set status = 'suspended' where id = ${userId}`;
  expect(await whoAmI(visitor)).toBeNull();
  expect((await visitor.get("/profile")).location).toMatch(/^\/login/);
  const before = await stage.rows.counts();
  const end = await signInAtPeer(new Visitor(stage.url), stage.peer, { subject });
  expect(end).toMatchObject({ kind: "refused", code: "account_suspended", status: 403 });
  expect(await stage.rows.counts()).toEqual(before);
});

test(
  "a suspended person learns so from the right password alone, and gets no session",
  proves("6.3.8", "7.4.2"),
  async ({ stage, visitor }) => {
    const person = stranger();
    await signUpLocally(visitor, person);
    await stage.rows.sql`update users set status = 'suspended' where username = ${person.username}`;
    const sentence = async (username: string, password: string) => {
      const other = new Visitor(stage.url);
      const page = await other.get("/login");
      const fields = { ...hiddenFields(page.text, 'name="identifier"'), identifier: username, password };
      const answer = await other.postMultipart("/login", fields);
      expect(other.sessionCookie).toBeUndefined();
      return ["This account is suspended.", "password is not right"].filter((text) =>
        answer.text.includes(text),
      );
    };
    expect(await sentence(person.username, person.password)).toEqual(["This account is suspended."]);
    const wrong = await sentence(person.username, "not the password at all");
    expect(wrong).toEqual(["password is not right"]);
    expect(await sentence(stranger().username, person.password)).toEqual(wrong);
  },
);

for (const [title, change] of [
  ["nobody has used for its idle time", "last_seen_at = now() - make_interval(secs => idle_timeout_seconds)"],
  ["has reached its age", "expires_at = now()"],
  ["was revoked", "revoked_at = now(), revoked_reason = 'test'"],
] as const)
  test(`a session that ${title} is over`, proves("7.3.1", "7.3.2"), async ({ stage, member }) => {
    const userId = (await whoAmI(member))?.userId ?? "";
    await stage.rows.sql.unsafe(`update sessions set ${change} where user_id = $1`, [userId]);
    expect(await whoAmI(member)).toBeNull();
    expect((await member.get("/profile")).location).toBe("/login?notice=session-ended&returnTo=%2Fprofile");
    // A late request of the same browser does not bring it back.
    expect(await whoAmI(member)).toBeNull();
  });

test(
  "a session in use is noted, and an answer in flight cannot revive a revoked one",
  proves("note 35"),
  async ({ stage, member }) => {
    const { sql } = stage.rows;
    const userId = (await whoAmI(member))?.userId ?? "";
    const old = "now() - interval '10 minutes'";
    await sql.unsafe(`update sessions set last_seen_at = ${old} where user_id = $1`, [userId]);
    await member.get("/profile");
    const idle = async () => {
      const [row] = await sql<{ seconds: number }[]>`
      select extract(epoch from now() - last_seen_at)::int as seconds from sessions where user_id = ${userId}`;
      return row!.seconds;
    };
    await expect.poll(idle).toBeLessThan(60);

    await sql.unsafe(`update sessions set last_seen_at = ${old} where user_id = $1`, [userId]);
    // The API answers only once the session has been revoked: the touch comes after that.
    stage.api.answer = "hang";
    const inFlight = member.get("/protected");
    await expect.poll(() => stage.api.requests.at(-1)?.path).toBe("/api/messages/protected");
    await sql`update sessions set revoked_at = now(), revoked_reason = 'test' where user_id = ${userId}`;
    await inFlight;
    const [row] = await sql`select revoked_at from sessions where user_id = ${userId}`;
    expect(row?.["revoked_at"]).not.toBeNull();
    expect(await idle()).toBeGreaterThan(60);
    expect(await whoAmI(member)).toBeNull();
  },
);

test("another person's session id ends nothing", proves("8.2.2"), async ({ stage, member }) => {
  const subject = stranger().username;
  const victim = await signedInVisitor(stage.url, stage.peer, { subject });
  const victimId = (await whoAmI(victim))?.userId ?? "";
  const [row] = await stage.rows.sql<{ id: string }[]>`select id from sessions where user_id = ${victimId}`;
  const userId = (await whoAmI(member))?.userId ?? "";
  await stage.rows.sql`
    insert into sessions (token_digest, user_id, method, authenticated_at, idle_timeout_seconds, expires_at)
    values (sha256(gen_random_uuid()::text::bytea), ${userId}, 'password', now(), 3600, now() + interval '1 hour')`;
  const page = await member.get("/settings/sessions");
  const fields = hiddenFields(page.text, "End session");
  expect(page.text).not.toContain(row!.id);
  for (const sessionId of [row!.id, "*", "' or true --", "", "00000000-0000-0000-0000-000000000000"])
    await member.postMultipart("/settings/sessions", { ...fields, sessionId });
  expect((await whoAmI(victim))?.userId).toBe(victimId);
  await member.postMultipart("/settings/sessions", fields);
  expect(await whoAmI(member)).not.toBeNull();
});

test("claimed roles follow the claims at each sign-in", proves("8.3.2"), async ({ stage }) => {
  const subject = stranger().username;
  const permissions = async (roles: unknown) => {
    const visitor = await signedInVisitor(stage.url, stage.peer, { subject, idToken: { roles } });
    return (await whoAmI(visitor))?.permissions.includes("read:admin-messages");
  };
  expect(await permissions(["admin"])).toBe(true);
  expect(await permissions([])).toBe(false);
  expect(await permissions("user admin")).toBe(true);
  for (const nonsense of [
    undefined,
    null,
    7,
    { admin: true },
    [["admin"]],
    "administrator",
    ["Admin"],
    "__proto__",
  ])
    expect(await permissions(nonsense), JSON.stringify(nonsense)).toBe(false);
});

test(
  "a role that a provider gives and takes back is written down, and goes even when nobody else is left",
  proves("16.3.2", "8.3.2"),
  async ({ stage }) => {
    const subject = stranger().username;
    const enter = async (roles: string[]) =>
      whoAmI(await signedInVisitor(stage.url, stage.peer, { subject, idToken: { roles } }));
    const userId = (await enter(["admin"]))?.userId ?? "";
    await enter(["admin"]);
    expect((await enter([]))?.permissions).toEqual(["read:messages"]);
    const rows = await stage.rows.sql`
      select details from audit_events where subject_id = ${userId} and event = 'authz_change' order by id`;
    expect(rows.map(({ details }) => details as unknown)).toEqual(
      ["role_granted", "role_revoked"].map(
        (change) => expect.objectContaining({ change, role: "admin" }) as unknown,
      ),
    );
  },
);

test("a role claimed in UserInfo counts as one in the ID token does", async ({ stage }) => {
  const visitor = await signedInVisitor(stage.url, stage.peer, { userinfo: { roles: ["admin"] } });
  expect((await whoAmI(visitor))?.permissions).toContain("read:admin-messages");
});
