import { authenticate, bodyOf, front, sendJson, test, tokensOf } from "./support/api";
import { startStage, type Stage } from "./support/stage";
import { expect, proves } from "./support/test";
import { Visitor } from "./support/visitor";

const me = async (api: Stage, token: string) =>
  (await new Visitor(api.url).get("/api/me", { authorization: `Bearer ${token}` })).status;

test(
  "signs in by user name and by a proved e-mail address",
  proves("row 21", "row 19"),
  async ({ api, person }) => {
    const claimed = await authenticate(new Visitor(api.url), {
      uid: person.email,
      password: person.password,
    });
    expect(claimed.status, "an address that is a claim").toBe(401);
    await api.rows.sql`update users set email_verified_at = now() where username = ${person.username}`;
    for (const uid of [person.username, person.email]) {
      const visitor = new Visitor(api.url);
      const answer = await authenticate(visitor, { uid, password: person.password });
      expect(answer.status).toBe(200);
      expect(bodyOf(answer)).toMatchObject({
        error: null,
        data: { username: person.username, method: "password" },
      });
      expect(answer.headers.get("set-cookie")).toMatch(/HttpOnly/i);
      expect(answer.headers.get("set-cookie")).toMatch(/SameSite=Lax/i);
      expect(answer.text).not.toContain(visitor.sessionCookie ?? "no cookie");
      expect((await visitor.get("/api/me")).status).toBe(200);
    }
  },
);

test(
  "missing, unknown and wrong credentials get one answer",
  proves("row 21", "6.3.8"),
  async ({ api, person: { username, password } }) => {
    const answers = [];
    for (const body of [
      {},
      { uid: username },
      { password },
      { uid: username, password: "wrong" },
      { uid: "nobody-here", password },
      { uid: { $ne: "" }, password: [password] },
      { uid: username, password: "x".repeat(300) },
      { uid: "' or 1=1 --", password },
    ]) {
      const visitor = new Visitor(api.url);
      const answer = await authenticate(visitor, body);
      expect(visitor.sessionCookie).toBeUndefined();
      answers.push({ status: answer.status, ...bodyOf(answer) });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, data: null, error: "invalid_credentials" });
  },
);

test("a body that is none is told", proves("row 21", "4.1.1"), async ({ api }) => {
  const visitor = new Visitor(api.url);
  const plain = { "content-type": "text/plain" };
  for (const [body, headers, status, error] of [
    ["", {}, 400, "invalid_request"],
    ["{", {}, 400, "invalid_request"],
    ["[]", {}, 400, "invalid_request"],
    ["null", {}, 400, "invalid_request"],
    ['{"uid":"a","password":"b"}', plain, 415, "unsupported_media_type"],
    [`{"uid":"${"a".repeat(20_000)}"}`, {}, 413, "body_too_large"],
  ] as const) {
    const answer = await authenticate(visitor, body, headers);
    expect({ status: answer.status, error: bodyOf(answer).error }).toEqual({ status, error });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
});

test("a page of another site signs nobody in", proves("3.5.1", "row 24"), async ({ api, person }) => {
  for (const origin of [
    "https://evil.example",
    "null",
    `${front}.evil.example`,
    "http://front.example.org",
  ]) {
    const visitor = new Visitor(api.url);
    const credentials = { uid: person.username, password: person.password };
    const answer = await authenticate(visitor, credentials, { origin });
    expect([answer.status, bodyOf(answer).error], origin).toEqual([403, "cross_site_request"]);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(visitor.sessionCookie).toBeUndefined();
  }
});

test(
  "a front end of the list signs in with credentials and reads the answer; nobody else is told anything",
  proves("row 24", "3.4.2"),
  async ({ api, person }) => {
    const visitor = new Visitor(api.url);
    const asked = {
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    };
    const preflight = (origin: string) =>
      visitor.send("/api/authenticate", { method: "OPTIONS", headers: { origin, ...asked } });
    const allowed = await preflight(front);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(front);
    expect(allowed.headers.get("access-control-allow-credentials")).toBe("true");
    expect(allowed.headers.get("access-control-allow-headers")).toContain("Content-Type");
    expect((await preflight("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
    const credentials = { uid: person.username, password: person.password };
    const answer = await authenticate(visitor, credentials, { origin: front });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(front);
    expect(answer.headers.get("vary")).toMatch(/origin/i);
    const who = await visitor.get("/api/me", { origin: front });
    expect([who.status, who.headers.get("access-control-allow-origin")]).toEqual([200, front]);
    expect(
      (await visitor.get("/profile", { origin: front })).headers.get("access-control-allow-origin"),
    ).toBeNull();
  },
);

test(
  "a script gets a token that its session can be ended by; a page gets none",
  proves("row 5", "row 21", "7.4.1"),
  async ({ api, person }) => {
    const credentials = { uid: person.username, password: person.password, token: true };
    const visitor = new Visitor(api.url);
    expect((await authenticate(visitor, credentials, { origin: api.url })).status).toBe(403);
    const tokens = await tokensOf(api, person);
    expect(tokens).toMatchObject({ token_type: "Bearer" });
    expect(tokens.expires_in).toBeLessThanOrEqual(300);
    expect(await me(api, tokens.access_token)).toBe(200);
    expect(await me(api, tokens.refresh_token)).toBe(401);
    const asCookie = new Visitor(api.url, new Map([["gatehouse.session", tokens.refresh_token]]));
    expect((await asCookie.get("/api/me")).status).toBe(401);
    const revoked = await sendJson(visitor, "/api/token/revoke", { token: tokens.access_token });
    expect(revoked.status).toBe(200);
    expect(await me(api, tokens.access_token)).toBe(401);
    expect(
      (await sendJson(visitor, "/api/token/refresh", { refresh_token: tokens.refresh_token })).status,
    ).toBe(401);
    expect((await sendJson(visitor, "/api/token/revoke", { token: "made up" })).status).toBe(200);
  },
);

test(
  "a refresh token is good once, and of many users at once one gets new tokens",
  proves("7.2.4", "10.4.5"),
  async ({ api, person }) => {
    const { refresh_token: first } = await tokensOf(api, person);
    const visitor = new Visitor(api.url);
    const refresh = (refresh_token: string) => sendJson(visitor, "/api/token/refresh", { refresh_token });
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(first)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
    const next = bodyOf(good[0]!).data as { access_token: string; refresh_token: string };
    expect(await me(api, next.access_token)).toBe(200);
    expect((await refresh(first)).status).toBe(401);
    expect((await refresh(`${next.refresh_token}x`)).status).toBe(401);
    expect((await sendJson(visitor, "/api/token/revoke", { token: next.refresh_token })).status).toBe(200);
    expect(await me(api, next.access_token)).toBe(401);
  },
);

for (const [how, change] of [
  ["idle too long", { last_seen_at: new Date(Date.now() - 25 * 3_600_000) }],
  ["too old", { expires_at: new Date(Date.now() - 1_000) }],
] as const)
  test(
    `a refresh token does not bring back a session that is ${how}`,
    proves("7.3.1", "7.3.2"),
    async ({ api, person }) => {
      const { refresh_token } = await tokensOf(api, person);
      const { sql } = api.rows;
      const [user] = await sql<{ id: string }[]>`select id from users where username = ${person.username}`;
      await sql`update sessions set ${sql(change)} where user_id = ${user!.id}`;
      const visitor = new Visitor(api.url);
      expect((await sendJson(visitor, "/api/token/refresh", { refresh_token })).status).toBe(401);
    },
  );

test("guesses are answered 429 with the time to wait", proves("6.3.1", "row 21"), async ({ world }) => {
  const stage = await startStage(world, { env: { RATE_LIMITS: "sign_in_pair=2/900" } });
  try {
    const visitor = new Visitor(stage.url);
    const guess = () => authenticate(visitor, { uid: "nobody", password: "a wrong password" });
    expect([(await guess()).status, (await guess()).status]).toEqual([401, 401]);
    const stopped = await guess();
    expect([stopped.status, bodyOf(stopped).error]).toEqual([429, "rate_limited"]);
    expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(800);
  } finally {
    await stage.close();
  }
});
