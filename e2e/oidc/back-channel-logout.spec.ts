import { randomUUID } from "node:crypto";
import { signOut } from "../attacks/support/forms";
import { continuation, signedInVisitor } from "../attacks/support/oidc";
import { startStage, type Stage } from "../attacks/support/stage";
import { expect, stranger, test } from "../attacks/support/test";
import { rawRequest, Visitor } from "../attacks/support/visitor";
import { conforms, saw } from "../conformance/conforms";
import type { Claims } from "../peers/provider/scenario";
import { backChannelPath, isSignedIn, notify, send } from "./support/back-channel";

/** Refresh and access tokens that are held for a person at the provider. */
async function heldTokens({ rows }: Stage, subject: string): Promise<number> {
  const [row] = await rows.sql<{ held: number }[]>`
    select count(t.refresh_token_sealed)::int + count(t.access_token_sealed)::int as held
    from provider_tokens t where t.subject = ${subject}`;
  return row!.held;
}

interface Named {
  readonly title: string;
  readonly claims: (person: { sub: string; sid: string }) => Claims;
  /** Whether the session that the sid names, the person's other one, and the one without a sid live on. */
  readonly leaves: readonly [boolean, boolean, boolean];
  readonly lines: readonly string[];
}

const named: readonly Named[] = [
  {
    title: "sub and sid: that session, and the one of which the provider said no sid",
    claims: (person) => person,
    leaves: [false, true, false],
    lines: ["bcl:sessions-by-sid-else-sub"],
  },
  {
    title: "sid alone: that session",
    claims: ({ sid }) => ({ sid }),
    leaves: [false, true, true],
    lines: [],
  },
  {
    title: "sub alone: every session of the person",
    claims: ({ sub }) => ({ sub }),
    leaves: [false, false, false],
    lines: ["bcl:sessions-by-sid-else-sub"],
  },
  {
    title: "a sid that nobody has: none that has another",
    claims: () => ({ sid: randomUUID() }),
    leaves: [true, true, true],
    lines: ["bcl:already-gone-200"],
  },
  {
    title: "somebody else's sub with the sid: none",
    claims: ({ sid }) => ({ sid, sub: "somebody-else" }),
    leaves: [true, true, true],
    lines: [],
  },
];

for (const { title, claims, leaves, lines } of named)
  test(
    `a logout token ends exactly what it names. It has ${title}`,
    conforms({
      lines: ["bcl:post-form", "bcl:no-store", "bcl:logged", ...lines],
      expected: "200 and no-store; those sessions ended, others not; a line in the log",
      asvs: ["7.6.1", "7.4.1"],
    }),
    async ({ stage }) => {
      const [sub, sid] = [stranger().username, randomUUID()];
      const signIn = (idToken: Claims, subject = sub) =>
        signedInVisitor(stage.url, stage.peer, { subject, idToken });
      const mine = await Promise.all([signIn({ sid }), signIn({}), signIn({ sid: undefined })]);
      const bystander = await signIn({}, stranger().username);

      const answer = await notify(stage, claims({ sub, sid }));
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toContain("no-store");
      expect(await Promise.all(mine.map(isSignedIn))).toEqual(leaves);
      expect(await isSignedIn(bystander)).toBe(true);
      const ended = leaves.filter((lives) => !lives).length;
      expect(await heldTokens(stage, sub), "tokens of the sessions that live").toBe((3 - ended) * 2);
      const rows = await stage.rows.sql`
        select 1 from audit_events e join sessions s on s.id = e.session_id
        where s.subject = ${sub} and e.details->>'reason' = 'ended_by_provider'`;
      expect(rows.length, "audit rows").toBe(ended);
      await expect
        .poll(() => stage.log())
        .toContain(`"event":"backchannel_logout","requestId":"${answer.headers.get("x-request-id") ?? "?"}"`);
      saw("200 and no-store; those sessions ended, others not; a line in the log");
    },
  );

test(
  "the tokens of an ended session are dropped",
  conforms({ lines: ["bcl:drops-tokens"], expected: "no token held", asvs: ["14.3.1"] }),
  async ({ stage }) => {
    const sub = stranger().username;
    await signedInVisitor(stage.url, stage.peer, { subject: sub });
    expect(await heldTokens(stage, sub)).toBe(2);
    expect((await notify(stage, { sub })).status).toBe(200);
    expect(await heldTokens(stage, sub)).toBe(0);
    saw("no token held");
  },
);

test(
  "a logout token that arrives while the person signs out at the provider, or after, is no error",
  conforms({
    lines: ["oidcc-client-test-rp-backchannel-rpinitlogout", "bcl:already-gone-200", "bcl:idempotent"],
    expected: "200, and the person comes back to the home page",
  }),
  async ({ stage }) => {
    const [sub, sid] = [stranger().username, randomUUID()];
    const person = await signedInVisitor(stage.url, stage.peer, { subject: sub, idToken: { sid } });
    const request = new URL(continuation(await signOut(person, "everywhere")));
    expect((await notify(stage, { sub, sid })).status).toBe(200);
    const state = request.searchParams.get("state") ?? "";
    expect((await person.get(`/auth/signed-out?state=${state}`)).location).toBe("/");
    expect((await notify(stage, { sub, sid })).status).toBe(200);
    saw("200, and the person comes back to the home page");
  },
);

test(
  "a logout token counts once, even when it arrives several times at once",
  conforms({
    lines: ["bcl:replay"],
    expected: "200 once, else 400; a later session lives",
    asvs: ["10.5.5"],
  }),
  async ({ stage }) => {
    const sub = stranger().username;
    const token = await stage.peer.signLogoutToken({ sub });
    const answers = await Promise.all([send(stage, token), send(stage, token), send(stage, token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    const later = await signedInVisitor(stage.url, stage.peer, { subject: sub });
    expect((await send(stage, token)).status).toBe(400);
    expect(await isSignedIn(later)).toBe(true);
    saw("200 once, else 400; a later session lives");
  },
);

test(
  "neither cookie nor Origin is looked at",
  conforms({ lines: ["bcl:post-form"], expected: "200; the session of the cookie lives" }),
  async ({ stage, member }) => {
    const token = await stage.peer.signLogoutToken({ sub: "nobody-we-know" });
    const headers = { origin: "https://other.example", "sec-fetch-site": "cross-site" };
    expect((await member.post(backChannelPath, { logout_token: token }, headers)).status).toBe(200);
    expect(await isSignedIn(member)).toBe(true);
    saw("200; the session of the cookie lives");
  },
);

test(
  "a form that is sent in pieces, without its length, is read",
  conforms({ expected: "200; the session ended" }),
  async ({ stage }) => {
    const sub = stranger().username;
    const person = await signedInVisitor(stage.url, stage.peer, { subject: sub });
    const form = new URLSearchParams({ logout_token: await stage.peer.signLogoutToken({ sub }) });
    const body = new Blob([form.toString()]).stream();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await fetch(new URL(backChannelPath, stage.url), {
      ...{ method: "POST", headers, body },
      ...{ duplex: "half" },
    });
    expect(answer.status).toBe(200);
    expect(await isSignedIn(person)).toBe(false);
    saw("200; the session ended");
  },
);

test(
  "a logout token whose keys cannot be had is not used up",
  conforms({ expected: "503, then 200 for the same token" }),
  async ({ stage }) => {
    const sub = stranger().username;
    const person = await signedInVisitor(stage.url, stage.peer, { subject: sub });
    await stage.peer.rotateKeys("kept");
    const token = await stage.peer.signLogoutToken({ sub });
    stage.peer.behaviour.jwks = "close";
    // Keys that were looked for a moment ago are not looked for again for a few seconds: the token is refused meanwhile.
    await expect.poll(async () => (await send(stage, token)).status, { timeout: 8_000 }).toBe(503);
    expect(await isSignedIn(person)).toBe(true);
    stage.peer.behaviour.jwks = null;
    await expect.poll(async () => (await send(stage, token)).status, { timeout: 8_000 }).toBe(200);
    expect(await isSignedIn(person)).toBe(false);
    saw("503, then 200 for the same token");
  },
);

const requests: Readonly<Record<string, RequestInit>> = {
  "nothing in it": { body: new URLSearchParams() },
  "an empty token": { body: new URLSearchParams({ logout_token: "" }) },
  "a token that is none": { body: new URLSearchParams({ logout_token: "x.y.z" }) },
  "two tokens": { body: new URLSearchParams("logout_token=a&logout_token=b") },
  "a token of 30 kB": { body: new URLSearchParams({ logout_token: "a".repeat(30_000) }) },
  "3 MB": { body: new URLSearchParams({ logout_token: "a".repeat(3_000_000) }) },
  "JSON in it": { body: '{"logout_token":"x"}', headers: { "content-type": "application/json" } },
  "text in it": { body: "logout_token=x", headers: { "content-type": "text/plain" } },
  "a form that breaks off": { body: "--x", headers: { "content-type": "multipart/form-data; boundary=x" } },
};

for (const [title, init] of Object.entries(requests))
  test(
    `a logout request with ${title} is refused`,
    conforms({ lines: ["bcl:post-form", "bcl:bad-400"], expected: "400 and no-store" }),
    async ({ stage }) => {
      const answer = await fetch(new URL(backChannelPath, stage.url), { method: "POST", ...init });
      expect(answer.status).toBe(400);
      expect(answer.headers.get("cache-control")).toContain("no-store");
      saw("400 and no-store");
    },
  );

test(
  "a logout token in the address, by GET, or at a provider that is not configured ends nothing",
  conforms({
    lines: ["bcl:post-form"],
    expected: "405 by GET, 400 otherwise; the session lives",
    asvs: ["4.1.4"],
  }),
  async ({ stage }) => {
    const sub = stranger().username;
    const person = await signedInVisitor(stage.url, stage.peer, { subject: sub });
    const token = await stage.peer.signLogoutToken({ sub });
    const query = `${backChannelPath}?logout_token=${token}`;
    for (const method of ["GET", "PUT", "DELETE"])
      expect((await rawRequest(stage.url, query, {}, method)).status, method).toBe(405);
    expect((await new Visitor(stage.url).post(query, {}, { origin: "" })).status).toBe(400);
    expect((await send(stage, token, "/api/auth/backchannel-logout/other")).status).toBe(400);
    expect(await isSignedIn(person)).toBe(true);
    expect((await send(stage, token)).status).toBe(200);
    saw("405 by GET, 400 otherwise; the session lives");
  },
);

test(
  "an ID token is no logout token",
  conforms({
    expected: "400; the session lives",
    asvs: ["9.2.2", "10.5.5"],
    lines: ["bcl:event", "bcl:no-nonce"],
  }),
  async ({ stage }) => {
    const subject = stranger().username;
    let idToken = "";
    const spoil = (token: string) => (idToken = token);
    const person = await signedInVisitor(stage.url, stage.peer, { subject, spoil });
    expect((await send(stage, idToken)).status).toBe(400);
    expect(await isSignedIn(person)).toBe(true);
    saw("400; the session lives");
  },
);

test(
  "a network that sends many bad logout tokens has to wait; good ones never count",
  conforms({
    lines: ["bcl:rate-limited"],
    expected: "200 five times; 400 three times, then 429 with Retry-After; 200 for another network",
    asvs: ["2.4.1"],
  }),
  async ({ world }) => {
    const env = { RATE_LIMITS: "logout_token_address=3/60", TRUSTED_PROXY_HOPS: "1" };
    const limited = await startStage(world, { env });
    const statusOf = async (claims: Claims, network = "192.0.2.7") => {
      const token = await limited.peer.signLogoutToken(claims);
      const headers = { origin: "", "x-forwarded-for": network };
      return (await new Visitor(limited.url).post(backChannelPath, { logout_token: token }, headers)).status;
    };
    try {
      const good = { sub: "nobody-we-know" };
      for (let sent = 0; sent < 5; sent += 1) expect(await statusOf(good)).toBe(200);
      for (let sent = 0; sent < 3; sent += 1) expect(await statusOf({ ...good, nonce: "n" })).toBe(400);
      const headers = { origin: "", "x-forwarded-for": "192.0.2.9" };
      const answer = await new Visitor(limited.url).post(backChannelPath, { logout_token: "x" }, headers);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(answer.headers.get("cache-control")).toContain("no-store");
      expect(await statusOf(good, "198.51.100.4")).toBe(200);
      saw("200 five times; 400 three times, then 429 with Retry-After; 200 for another network");
    } finally {
      await limited.close();
    }
  },
);
