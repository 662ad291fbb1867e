import { generateKeyPairSync, randomUUID, type KeyObject } from "node:crypto";
import { decodeJwt, exportJWK, SignJWT, type JWTHeaderParameters, type JWTPayload } from "jose";
import { hiddenFields, signOut } from "../attacks/support/forms";
import { Visitor, type Answered } from "../attacks/support/visitor";
import { demoPerson } from "../fixtures";
import type { DemoPair } from "./support/demo-pair";
import { expect, proves, test } from "./support/test";

test.describe.configure({ mode: "default", timeout: 60_000 });

const realm = 'Bearer realm="gatehouse"';

test(
  "GET /api/me answers by cookie and by a bearer token of the command alike, and holds no token and no session id",
  proves({ row: [5, 6, 20] }),
  async ({ demoPair: pair }) => {
    const bearer = await mintedFor(pair, "grace");
    const cookie = await pair.signIn(demoPerson("grace"));
    for (const answer of [await ask(pair, `Bearer ${bearer}`), await cookie.get("/api/me")]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const body = JSON.parse(answer.text) as Record<string, unknown>;
      expect(Object.keys(body).sort()).toEqual(["data", "error", "message"]);
      expect(body).toMatchObject({
        error: null,
        data: {
          username: "grace",
          roles: ["admin", "user"],
          permissions: expect.arrayContaining(["read:admin-messages"]) as unknown,
        },
      });
      expect(answer.text).not.toContain("eyJ");
      expect(answer.text).not.toContain(decodeJwt(bearer)["sid"]);
      expect(answer.text).not.toContain("sessionId");
    }
    expect(await ask(pair, `bearer  ${bearer}`), "the scheme's case does not matter").toMatchObject({
      status: 200,
    });
    const message = await ask(pair, `Bearer ${bearer}`, "/api/messages/admin");
    expect(JSON.parse(message.text)).toEqual({ text: "This is an admin message." });
  },
);

test(
  "a bearer token is refused with 401 and a reason when it is missing, malformed, expired, for others, or forged",
  proves({ row: [5, 20], asvs: ["9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3"] }),
  async ({ demoPair: pair }) => {
    const right = decodeJwt(await mintedFor(pair, "ada"));
    const { sign, kid, publicText } = await ownKey(pair);
    const header = { alg: "ES256", typ: "at+jwt", kid };
    const now = Math.floor(Date.now() / 1000);
    // The control: with nothing wrong the key is taken, so each refusal below is for its own reason.
    await expect
      .poll(async () => (await ask(pair, `Bearer ${await sign(right, header)}`)).status, { timeout: 15_000 })
      .toBe(200);

    expectRefused(await ask(pair, undefined), realm);
    const malformed = `${realm}, error="invalid_request"`;
    for (const authorization of ["Bearer", "Bearer a b", "Basic YTpi", "Bearer é", "Token abc"])
      expectRefused(await ask(pair, authorization), malformed);

    const invalid = `${realm}, error="invalid_token", error_description="the access token is not valid here"`;
    const expired = `${realm}, error="invalid_token", error_description="the access token has expired"`;
    expectRefused(await ask(pair, `Bearer ${await sign({ ...right, exp: now - 6 }, header)}`), expired);
    const signature = (await sign(right, header)).split(".")[2]!;
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const forged = {
      nonsense: "abc.def.ghi",
      "another audience": await sign({ ...right, aud: "urn:gatehouse:messages-api" }, header),
      "no audience": await sign(without(right, "aud"), header),
      "another issuer": await sign({ ...right, iss: pair.issuer }, header),
      "no end": await sign(without(right, "exp"), header),
      "not valid yet": await sign({ ...right, nbf: now + 60 }, header),
      "no session": await sign(without(right, "sid"), header),
      "the type of an ID token": await sign(right, { ...header, typ: "JWT" }),
      "a key that nobody knows": await sign(right, { ...header, kid: "nobody" }),
      "no key id": await sign(right, without(header, "kid") as typeof header),
      "alg none": `${encode({ ...header, alg: "none" })}.${encode(right)}.`,
      "alg none and a signature": `${encode({ ...header, alg: "none" })}.${encode(right)}.${signature}`,
      "the signature of other claims": `${encode(header)}.${encode({ ...right, sub: randomUUID() })}.${signature}`,
      "an HMAC made with the public key": await new SignJWT(right)
        .setProtectedHeader({ ...header, alg: "HS256" })
        .sign(Buffer.from(publicText)),
    };
    for (const [what, token] of Object.entries(forged))
      expectRefused(await ask(pair, `Bearer ${token}`), invalid, what);

    const ended = `${realm}, error="invalid_token", error_description="the session of the access token has ended"`;
    expectRefused(await ask(pair, `Bearer ${await sign({ ...right, sid: randomUUID() }, header)}`), ended);
    expectRefused(await ask(pair, `Bearer ${await sign({ ...right, sub: randomUUID() }, header)}`), ended);

    const signedIn = await pair.signIn(demoPerson("ada"));
    const both = await signedIn.get("/api/me", { authorization: "Bearer abc" });
    expectRefused(both, invalid, "a bad token beside a good cookie");
  },
);

test(
  "a bearer token dies at once with its session, at every process",
  proves({ row: [5, 20], asvs: ["7.4.1"] }),
  async ({ demoPair: pair }) => {
    const bearer = await mintedFor(pair, "ada");
    const { sid } = decodeJwt(bearer) as { sid: string };
    const askAll = () =>
      Promise.all(
        pair.instances.all.map(async ({ url }) => {
          const answer = await new Visitor(url).get("/api/me", { authorization: `Bearer ${bearer}` });
          return answer.status;
        }),
      );
    expect(await askAll()).toEqual([200, 200]);
    const ada = await pair.signIn(demoPerson("ada"));
    const page = await ada.get("/settings/sessions");
    const answer = await ada.postMultipart("/settings/sessions", hiddenFields(page.text, sid));
    expect(answer.location).toBe("/settings/sessions?notice=ended");
    expect(await askAll()).toEqual([401, 401]);
  },
);

test(
  "403 names the permission that is missing, in words, in JSON and in the challenge",
  proves({ row: [5, 6], asvs: ["8.2.1"] }),
  async ({ demoPair: pair }) => {
    const bearer = await mintedFor(pair, "ada");
    const cookie = await pair.signIn(demoPerson("ada"));
    for (const answer of [
      await ask(pair, `Bearer ${bearer}`, "/api/messages/admin"),
      await cookie.get("/api/messages/admin"),
    ]) {
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.text)).toEqual({
        message: "This needs the permission read:admin-messages.",
        data: null,
        error: "denied",
      });
      expect(answer.headers.get("www-authenticate")).toBe(
        `${realm}, error="insufficient_scope", scope="read:admin-messages"`,
      );
    }
  },
);

test(
  "another site's page changes nothing with the cookie: no form of ours, no action of a page, no method but GET at the API",
  proves({ row: [5], asvs: ["3.5.1", "3.5.3"] }),
  async ({ demoPair: pair }) => {
    const ada = await pair.signIn(demoPerson("ada"));
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { origin: "" }]) {
      const answer = await ada.post("/auth/sign-out", { scope: "here" }, headers);
      expect(answer.location).toMatch(/^\/auth\/error\?code=cross_site_request&/);
    }
    const access = await ada.get("/profile/api-access");
    const evil = { origin: "https://evil.example" };
    const action = await ada.postMultipart(
      "/profile/api-access",
      hiddenFields(access.text, "Disconnect"),
      evil,
    );
    expect(action.status).toBeGreaterThanOrEqual(400);
    for (const path of ["/api/me", "/api/messages/protected"])
      expect(await ada.post(path, {}, evil)).toMatchObject({ status: 405 });
    expect(await ada.get("/api/messages/protected")).toMatchObject({ status: 200 });
    expect((await signOut(ada)).location, "our own page may").toBe("/");
  },
);

function ask({ url }: DemoPair, authorization: string | undefined, path = "/api/me"): Promise<Answered> {
  return new Visitor(url).get(path, authorization === undefined ? {} : { authorization });
}

/** An access token by `npm run token -- <name>`. */
async function mintedFor(pair: DemoPair, name: string): Promise<string> {
  const { ok, output } = await pair.command("lib/domain/issuer/print-token.command.ts", name);
  expect(ok, output).toBe(true);
  return /^eyJ\S+$/m.exec(output)?.[0] ?? "";
}

function expectRefused(answer: Answered, challenge: string, what?: string): void {
  expect(answer.status, what).toBe(401);
  expect(answer.headers.get("www-authenticate"), what).toContain(challenge);
  const body = JSON.parse(answer.text) as Record<string, unknown>;
  expect(body, what).toEqual({
    message: expect.stringMatching(/^Sign in first/) as unknown,
    data: null,
    error: "unauthenticated",
  });
  expect(answer.text, what).not.toMatch(/jose|stack|ERR_| at /);
}

/** A key of ours among the published ones, so that a token can be made with one thing wrong. It never signs by itself. */
async function ownKey({ rows }: DemoPair) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const kid = `test-${randomUUID()}`;
  const publicJwk = await exportJWK(publicKey);
  await rows.sql`
    insert into signing_keys (kid, algorithm, public_jwk, private_key_sealed, active_at)
    values (${kid}, 'ES256', ${rows.sql.json({ ...publicJwk })}, 'nobody can open this', now() + interval '1 day')`;
  const sign = (claims: JWTPayload, header: JWTHeaderParameters) => signed(claims, header, privateKey);
  return { kid, sign, publicText: publicKey.export({ type: "spki", format: "pem" }).toString() };
}

function signed(claims: JWTPayload, header: JWTHeaderParameters, key: KeyObject): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}

function without<T extends object>(members: T, name: string): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([key]) => key !== name)) as Partial<T>;
}
