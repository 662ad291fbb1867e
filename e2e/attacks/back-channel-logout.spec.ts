import { randomUUID } from "node:crypto";
import type { Claims, Signing } from "../peers/provider/scenario";
import { signInAtPeer, signedInVisitor } from "./support/oidc";
import type { Stage } from "./support/stage";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor, type Answered } from "./support/visitor";

const path = "/api/auth/backchannel-logout/oidc";
const event = "http://schemas.openid.net/event/backchannel-logout";

async function notify(stage: Stage, claims: Claims, signing?: Signing, header?: Claims): Promise<Answered> {
  const token = await stage.peer.signLogoutToken(claims, signing, header);
  return new Visitor(stage.url).post(path, { logout_token: token }, { origin: "" });
}

async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.get("/api/me")).status === 200;
}

test(
  "a provider ends one session by sid and all of a person by sub",
  proves("oidcc-client-test-rp-backchannel-rpinitlogout", "7.6.1"),
  async ({ stage }) => {
    const subject = stranger().username;
    const sid = randomUUID();
    const one = await signedInVisitor(stage.url, stage.peer, { subject, idToken: { sid } });
    const other = await signedInVisitor(stage.url, stage.peer, { subject });
    const bystander = await signedInVisitor(stage.url, stage.peer);

    const bySid = await notify(stage, { sub: subject, sid });
    expect(bySid.status).toBe(200);
    expect(bySid.headers.get("cache-control")).toContain("no-store");
    expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([false, true]);

    expect((await notify(stage, { sub: subject })).status).toBe(200);
    expect([await isSignedIn(other), await isSignedIn(bystander)]).toEqual([false, true]);
    // Nothing left to end is no error.
    expect((await notify(stage, { sub: subject })).status).toBe(200);
    const [row] = await stage.rows.sql`
      select count(*)::int as held from provider_tokens t join sessions s on s.id = t.session_id
      where s.subject = ${subject} and t.refresh_token_sealed is not null`;
    expect(row).toEqual({ held: 0 });
  },
);

const now = () => Math.floor(Date.now() / 1000);

const refused: readonly (readonly [string, () => Claims, Signing?, Claims?, string?])[] = [
  ["with alg none", () => ({}), "none", undefined, "alg-none"],
  ["signed by HMAC with the public key", () => ({}), "hmac_with_public_key", undefined, "wrong-alg"],
  ["signed by a stranger", () => ({}), "stranger"],
  ["with a spoilt signature", () => ({}), "flipped"],
  ["with a stranger's key in its header", () => ({}), "embedded_jwk"],
  ["without an event", () => ({ events: undefined }), "right", undefined, "no-event"],
  [
    "with another event",
    () => ({ events: { "http://other.example": {} } }),
    "right",
    undefined,
    "wrong-event",
  ],
  ["with an event that is no object", () => ({ events: { [event]: true } })],
  ["with a list of events", () => ({ events: [event] })],
  ["with a nonce", () => ({ nonce: "n" }), "right", undefined, "with-nonce"],
  ["for another client", () => ({ aud: "other" }), "right", undefined, "wrong-aud"],
  ["of another issuer", () => ({ iss: "https://other.example" }), "right", undefined, "wrong-iss"],
  ["without sub and sid", () => ({ sub: undefined })],
  ["without a jti", () => ({ jti: undefined })],
  ["without iat", () => ({ iat: undefined })],
  ["that has expired", () => ({ exp: now() - 120, iat: now() - 240 })],
  ["of the future", () => ({ iat: now() + 600, exp: now() + 900 })],
  ["of last hour", () => ({ iat: now() - 3_600, exp: undefined })],
  ["typed as an access token", () => ({}), "right", { typ: "at+jwt" }],
];

for (const [title, claims, signing, header, name] of refused)
  test(
    `a logout token ${title} ends nothing`,
    proves("10.5.5", ...(name === undefined ? [] : [`oidcc-client-test-rp-backchannel-${name}`])),
    async ({ stage }) => {
      const subject = stranger().username;
      const person = await signedInVisitor(stage.url, stage.peer, { subject });
      const answer = await notify(stage, { sub: subject, ...claims() }, signing, header);
      expect(answer.status).toBe(400);
      expect(answer.headers.get("cache-control")).toContain("no-store");
      expect(await isSignedIn(person)).toBe(true);
    },
  );

test("a logout token counts once", proves("10.5.5"), async ({ stage }) => {
  const subject = stranger().username;
  const token = await stage.peer.signLogoutToken({ sub: subject });
  const send = () => new Visitor(stage.url).post(path, { logout_token: token }, { origin: "" });
  const first = await Promise.all([send(), send(), send()]);
  expect(first.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  const later = await signedInVisitor(stage.url, stage.peer, { subject });
  expect((await send()).status).toBe(400);
  expect(await isSignedIn(later)).toBe(true);
});

test("an ID token is no logout token", proves("9.2.2", "10.5.5"), async ({ stage, visitor }) => {
  const subject = stranger().username;
  await signInAtPeer(visitor, stage.peer, { subject });
  const hint = await stage.peer.signLogoutToken({ sub: subject, events: undefined, nonce: "n" }, "right", {});
  const answer = await new Visitor(stage.url).post(path, { logout_token: hint }, { origin: "" });
  expect(answer.status).toBe(400);
  expect(await isSignedIn(visitor)).toBe(true);
});

test("what is no logout request is refused", async ({ stage, member }) => {
  const anybody = new Visitor(stage.url);
  expect((await anybody.get(path)).status).toBe(405);
  for (const fields of [
    {},
    { logout_token: "" },
    { logout_token: "x.y.z" },
    { logout_token: "a".repeat(30_000) },
  ])
    expect((await anybody.post(path, fields as Record<string, string>, { origin: "" })).status).toBe(400);
  expect((await anybody.post("/api/auth/backchannel-logout/other", { logout_token: "x" })).status).toBe(400);
  expect(await isSignedIn(member)).toBe(true);
});

test("a cookie adds nothing to a logout request", async ({ stage, member }) => {
  const token = await stage.peer.signLogoutToken({ sub: "nobody-we-know" });
  expect((await member.post(path, { logout_token: token })).status).toBe(200);
  expect(await isSignedIn(member)).toBe(true);
});
