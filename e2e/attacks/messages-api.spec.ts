import type { Answer } from "../peers/answer";
import { startPeerApi } from "../peers/messages-api";
import { signOut } from "./support/forms";
import { signInAtPeer, signedInVisitor } from "./support/oidc";
import type { Stage } from "./support/stage";
import { expect, proves, test } from "./support/test";

interface Failure {
  readonly status: number;
  readonly error: string;
  readonly retry?: boolean;
}

const failures: readonly (readonly [string, Answer, Failure])[] = [
  ["500", "server_error", { status: 502, error: "broken" }],
  ["HTML", "html", { status: 502, error: "broken" }],
  ["half of an answer", "garbage", { status: 502, error: "broken" }],
  ["nothing", "empty", { status: 502, error: "broken" }],
  ["64 MB", "huge", { status: 502, error: "broken" }],
  ["another shape", { body: { message: "hello" } }, { status: 502, error: "broken" }],
  ["a text that is a number", { body: { text: 7 } }, { status: 502, error: "broken" }],
  ["204", { status: 204, body: "" }, { status: 502, error: "broken" }],
  ["404", { status: 404, body: {} }, { status: 404, error: "not_found" }],
  ["403", { status: 403, body: {} }, { status: 403, error: "denied" }],
  ["401 to every token", { status: 401, body: {} }, { status: 401, error: "reconnect" }],
  ["a closed connection", "close", { status: 503, error: "unreachable", retry: true }],
];

for (const [title, answer, { status, error, retry }] of failures)
  test(
    `an API that answers ${title} is met with a code and a page of use`,
    proves("16.5.2"),
    async ({ stage, member }) => {
      stage.api.answer = answer;
      const api = await member.get("/api/messages/protected");
      expect(api.status).toBe(status);
      expect(JSON.parse(api.text)).toMatchObject({ data: null, error });
      expect(api.headers.get("retry-after") !== null).toBe(retry === true);
      const page = await member.get("/protected");
      expect(page.status).toBe(200);
      expect(page.text).toMatch(/Protected message/);
      expect(page.text).not.toMatch(/ECONN|OutboundError|localhost:\d+\/api|at \w+ \(/);
      expect(page.text).not.toContain("Back soon");
      stage.api.answer = null;
      expect((await member.get("/protected")).text).toContain("The protected message.");
    },
  );

test(
  "an API that never answers, or never ends, is given up after 5 seconds",
  proves("16.5.2"),
  async ({ stage, member }) => {
    for (const answer of ["hang", "stall"] as const) {
      stage.api.answer = answer;
      const started = performance.now();
      const [api, page, home] = await Promise.all([
        member.get("/api/messages/protected"),
        member.get("/protected"),
        member.get("/").then((home) => ({ ...home, after: performance.now() - started })),
      ]);
      expect(performance.now() - started).toBeLessThan(10_000);
      expect([api.status, page.status, home.status]).toEqual([504, 200, 200]);
      expect(JSON.parse(api.text)).toMatchObject({ error: "slow" });
      expect(page.text).toMatch(/Try again/i);
      expect(home.after, "the home page does not wait").toBeLessThan(4_000);
    }
  },
);

for (const status of [301, 302, 303, 307, 308])
  test(
    `an access token does not follow a ${String(status)} to another site`,
    proves("13.2.4", "14.2.1"),
    async ({ stage, member }) => {
      const elsewhere = await startPeerApi();
      try {
        stage.api.answer = {
          status,
          headers: { location: `${elsewhere.url}/api/messages/protected` },
          body: "",
        };
        const answer = await member.get("/api/messages/protected");
        expect(answer.status).toBe(502);
        expect((await member.get("/protected")).status).toBe(200);
        expect(elsewhere.requests).toEqual([]);
      } finally {
        await elsewhere.close();
      }
    },
  );

test(
  "the API gets the person's own token in a header, the public message none",
  proves("8.3.3", "14.2.1"),
  async ({ stage, member }) => {
    await member.get("/protected");
    const asked = stage.api.requests.at(-1);
    expect(asked?.path).toBe("/api/messages/protected");
    expect(asked?.authorization).toMatch(/^Bearer access-/);
    const other = await signedInVisitor(stage.url, stage.peer);
    await other.get("/protected");
    expect(stage.api.requests.at(-1)?.authorization).not.toBe(asked?.authorization);
    await member.get("/public");
    const open = stage.api.requests.at(-1);
    expect(open?.path).toBe("/api/messages/public");
    expect(open?.headers).not.toHaveProperty("authorization");
    expect(open?.headers).not.toHaveProperty("cookie");
  },
);

test(
  "nobody is served with the token of a session that has ended",
  proves("7.4.1"),
  async ({ stage, member }) => {
    const thief = member.copy();
    await signOut(member);
    const before = stage.api.requests.length;
    expect((await thief.get("/api/messages/protected")).status).toBe(401);
    await thief.get("/protected");
    expect(stage.api.requests.length).toBe(before);
  },
);

for (const kind of [
  "__proto__",
  "constructor",
  "PROTECTED",
  "protected%2f..%2fadmin",
  "protected%00",
  "x".repeat(500),
])
  test(`the message ${kind.slice(0, 30)} does not exist`, proves("2.2.2"), async ({ stage, member }) => {
    const before = stage.api.requests.length;
    const answer = await member.get(`/api/messages/${kind}`);
    expect([400, 404]).toContain(answer.status);
    expect(stage.api.requests.length).toBe(before);
  });

test(
  "signing out revokes the refresh token at the provider",
  proves("7.4.1", "7.6.1"),
  async ({ stage, member }) => {
    const before = stage.peer.requests.length;
    await signOut(member);
    const revoked = () => stage.peer.requests.slice(before).filter(({ endpoint }) => endpoint === "revoke");
    await expect.poll(revoked).toHaveLength(1);
    expect(revoked()[0]?.parameters.get("token")).toMatch(/^refresh-/);
    const [row] = await stage.rows.sql`
    select count(*)::int as held from provider_tokens where ended_at is not null
      and coalesce(access_token_sealed, refresh_token_sealed, id_token_sealed) is not null`;
    expect(row).toEqual({ held: 0 });
  },
);

async function expireAccess(stage: Stage): Promise<void> {
  await stage.rows
    .sql`update provider_tokens set expires_at = now() - interval '1 minute' where ended_at is null`;
}

for (const [title, refreshedIdToken, proved] of [
  ["another issuer", { iss: "https://other.example" }, "oidcc-client-test-refresh-token-invalid-issuer"],
  ["another subject", { sub: "somebody-else" }, "oidcc-client-test-refresh-token-invalid-sub"],
] as const)
  test(
    `a refresh that brings an ID token of ${title} ends the access`,
    proves(proved),
    async ({ stage, visitor }) => {
      await signInAtPeer(visitor, stage.peer, { refreshedIdToken });
      await expireAccess(stage);
      const before = stage.api.requests.length;
      const answer = await visitor.get("/api/messages/protected");
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.text)).toMatchObject({ error: "reconnect" });
      expect(stage.api.requests.length).toBe(before);
      expect((await visitor.get("/profile")).status).toBe(200);
    },
  );

test(
  "an access token that has ended is renewed, once",
  proves("oidcc-client-test-refresh-token"),
  async ({ stage, member }) => {
    await expireAccess(stage);
    const refreshes = () =>
      stage.peer.requests.filter(({ parameters }) => parameters.get("grant_type") === "refresh_token").length;
    const before = refreshes();
    const answers = await Promise.all(Array.from({ length: 8 }, () => member.get("/api/messages/protected")));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(refreshes() - before).toBe(1);
  },
);
