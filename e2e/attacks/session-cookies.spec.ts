import { randomBytes } from "node:crypto";
import { sealSessionCookie } from "../../lib/platform/crypto/session-cookie";
import { hiddenFields, signOut, signUpLocally } from "./support/forms";
import { signInAtPeer, visitCallback, approvedCallback } from "./support/oidc";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor } from "./support/visitor";

const gated = ["/profile", "/protected", "/admin", "/settings/sessions"] as const;
const name = "gatehouse.session";

async function expectSignedOut(visitor: Visitor): Promise<void> {
  for (const path of gated) {
    const answer = await visitor.get(path);
    expect(answer.location, path).toMatch(/^\/login\?/);
    expect(answer.text).not.toContain("Peer Person");
  }
  expect((await visitor.get("/api/me")).status).toBe(401);
}

for (const scope of ["here", "everywhere"] as const)
  test(`a cookie replayed after signing out ${scope} is refused`, proves("7.4.1"), async ({ member }) => {
    const thief = member.copy();
    expect((await thief.get("/profile")).status).toBe(200);
    await signOut(member, scope);
    expect(member.sessionCookie).toBeUndefined();
    await expectSignedOut(thief);
    await signOut(thief, scope);
    await expectSignedOut(thief);
  });

test("a cookie replayed after a local sign-out is refused", proves("7.4.1"), async ({ visitor }) => {
  await signUpLocally(visitor, stranger());
  const thief = visitor.copy();
  expect((await thief.get("/profile")).status).toBe(200);
  await signOut(visitor);
  await expectSignedOut(thief);
});

test("forged cookies are nobody's", proves("7.2.1", "7.2.3"), async ({ stage, member }) => {
  const right = member.sessionCookie ?? "";
  const [token = "", mac = ""] = right.split(".");
  const other = randomBytes(32).toString("base64url");
  const forgeries = {
    "another token under the same signature": `${other}.${mac}`,
    "no signature": token,
    "an empty signature": `${token}.`,
    "a signature of zeros": `${token}.${"A".repeat(22)}`,
    "a signature with one character changed": `${token}.${mac.startsWith("A") ? "B" : "A"}${mac.slice(1)}`,
    "a truncated value": right.slice(0, -1),
    "a value with one character more": `${right}A`,
    "10 kB": "A".repeat(10_000),
    "10 kB with the right shape at the front": right + "A".repeat(10_000),
    "our signature with a secret of the attacker's": sealSessionCookie(token, ["attacker".repeat(6)]),
    "a JWT": `eyJhbGciOiJub25lIn0.${Buffer.from('{"sub":"1"}').toString("base64url")}.`,
    "an encoded value": encodeURIComponent(`${right}\u0000`),
    SQL: "' or 1=1 --",
  };
  for (const [title, value] of Object.entries(forgeries))
    await test.step(title, async () => {
      await expectSignedOut(new Visitor(stage.url, new Map([[name, value]])));
    });
});

test(
  "a cookie with our signature and a token that nobody was given is nobody's",
  proves("7.2.1"),
  async ({ stage }) => {
    const secrets = [stage.env["AUTH_SECRET"] ?? ""];
    const value = sealSessionCookie(randomBytes(32).toString("base64url"), secrets);
    await expectSignedOut(new Visitor(stage.url, new Map([[name, value]])));
  },
);

test("of two session cookies a forged one wins nothing", async ({ stage, member }) => {
  const right = `${name}=${member.sessionCookie ?? ""}`;
  const forged = `${name}=${"A".repeat(43)}.${"A".repeat(22)}`;
  for (const cookie of [`${forged}; ${right}`, `${right}; ${forged}`]) {
    const answer = await new Visitor(stage.url).get("/profile", { cookie });
    // Whichever counts, nobody becomes somebody else.
    if (answer.status === 200) expect(answer.text).toContain("Peer Person");
    else expect(answer.location).toMatch(/^\/login\?/);
  }
});

test(
  "a sign-in gives a new cookie and ends the session before",
  proves("7.2.4"),
  async ({ stage, member }) => {
    const before = member.copy();
    expect(await signInAtPeer(member, stage.peer)).toMatchObject({ kind: "signed-in" });
    expect(member.sessionCookie).not.toBe(before.sessionCookie);
    await expectSignedOut(before);
  },
);

test(
  "a local sign-in gives a new cookie and ends the session before",
  proves("7.2.4"),
  async ({ stage, visitor }) => {
    const person = stranger();
    await signUpLocally(visitor, person);
    const before = visitor.copy();
    // The login page sends a signed-in visitor on, so the form is the one of a tab that was open before.
    const { text } = await new Visitor(stage.url).get("/login");
    const fields = { identifier: person.username, password: person.password };
    await visitor.postMultipart("/login", { ...hiddenFields(text, 'name="identifier"'), ...fields });
    expect(visitor.sessionCookie).not.toBe(before.sessionCookie);
    expect((await visitor.get("/api/me")).status).toBe(200);
    await expectSignedOut(before);
  },
);

test("a planted cookie does not become the victim's session", proves("7.2.4"), async ({ stage, visitor }) => {
  const secrets = [stage.env["AUTH_SECRET"] ?? ""];
  for (const planted of [
    sealSessionCookie(randomBytes(32).toString("base64url"), secrets),
    "AAAA.BBBB",
    "planted",
  ]) {
    visitor.cookies.set(name, planted);
    expect(await signInAtPeer(visitor, stage.peer)).toMatchObject({ kind: "signed-in" });
    expect(visitor.sessionCookie).not.toBe(planted);
    await expectSignedOut(new Visitor(stage.url, new Map([[name, planted]])));
    visitor.cookies.clear();
  }
});

test(
  "an attacker's own live session, planted, is replaced and ended",
  proves("7.2.4"),
  async ({ stage, member, visitor }) => {
    visitor.cookies.set(name, member.sessionCookie ?? "");
    await visitCallback(
      visitor,
      await approvedCallback(visitor, stage.peer, { userinfo: { name: "The Victim" } }),
    );
    expect((await visitor.get("/profile")).text).toContain("The Victim");
    await expectSignedOut(member);
  },
);

test(
  "the cookie is small, closed to scripts and bound to this site",
  proves("3.3.4", "3.3.5"),
  async ({ stage, visitor }) => {
    const answer = await visitor.get(await approvedCallback(visitor, stage.peer));
    const line = answer.headers.getSetCookie().find((header) => header.startsWith(`${name}=`)) ?? "";
    expect(line.split(";")[0]?.length).toBeLessThan(160);
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).toMatch(/; SameSite=Lax/i);
    expect(line).toMatch(/; Path=\/(;|$)/i);
    expect(line).not.toMatch(/; Domain=/i);
  },
);
