import { signedInVisitor } from "../attacks/support/oidc";
import { expect, stranger, test } from "../attacks/support/test";
import { conforms, saw } from "../conformance/conforms";
import type { Claims } from "../peers/provider/scenario";
import type { LogoutTokenSigning } from "../peers/provider/start";
import { isSignedIn, logoutEvent, notify } from "./support/back-channel";

const now = () => Math.floor(Date.now() / 1000);

interface Forgery {
  readonly claims?: Claims | (() => Claims);
  readonly how?: LogoutTokenSigning;
  readonly lines?: readonly string[];
}

const official = (name: string) => `oidcc-client-test-rp-backchannel-rpinitlogout-${name}`;
const signature = ["bcl:signature"];

const refused: Readonly<Record<string, Forgery>> = {
  "with alg none": { how: { signing: "none" }, lines: [official("alg-none"), ...signature] },
  "signed by an algorithm that the provider does not advertise": {
    ...{ how: { algorithm: "PS256" }, lines: [official("wrong-alg"), ...signature] },
  },
  "signed by HMAC with the public key": {
    ...{ how: { signing: "hmac_with_public_key" }, lines: [official("wrong-alg"), ...signature] },
  },
  "signed by HMAC with the client's secret": { how: { signing: "hmac_with_client_secret" } },
  "signed by a stranger": { how: { signing: "stranger" }, lines: signature },
  "with a spoilt signature": { how: { signing: "flipped" }, lines: signature },
  "with its signature stripped": { how: { signing: "stripped" }, lines: signature },
  "with a stranger's key in its header": { how: { signing: "embedded_jwk" } },
  "without an event": { claims: { events: undefined }, lines: [official("no-event"), "bcl:event"] },
  "with another event": {
    claims: { events: { "http://other.example": {} } },
    lines: [official("wrong-event"), "bcl:event"],
  },
  "with an event that is true": { claims: { events: { [logoutEvent]: true } }, lines: ["bcl:event"] },
  "with an event that is a list": { claims: { events: { [logoutEvent]: [] } }, lines: ["bcl:event"] },
  "with a list of events": { claims: { events: [logoutEvent] }, lines: ["bcl:event"] },
  "with a nonce": { claims: { nonce: "n" }, lines: [official("with-nonce"), "bcl:no-nonce"] },
  "with a nonce that is null": { claims: { nonce: null }, lines: ["bcl:no-nonce"] },
  "for another client": { claims: { aud: "other" }, lines: [official("wrong-aud"), "bcl:claims"] },
  "without an audience": { claims: { aud: undefined }, lines: ["bcl:claims"] },
  "of another issuer": {
    claims: { iss: "https://other.example" },
    lines: [official("wrong-iss"), "bcl:claims"],
  },
  "without an issuer": { claims: { iss: undefined }, lines: ["bcl:claims"] },
  "without sub and sid": { claims: { sub: undefined }, lines: ["bcl:sub-or-sid"] },
  "with a sub that is a number": { claims: { sub: 7 }, lines: ["bcl:sub-or-sid"] },
  "with an empty sub": { claims: { sub: "" }, lines: ["bcl:sub-or-sid"] },
  "without a jti": { claims: { jti: undefined }, lines: ["bcl:replay"] },
  "with a jti that is a number": { claims: { jti: 7 }, lines: ["bcl:replay"] },
  "with a jti of 300 characters": { claims: { jti: "j".repeat(300) }, lines: ["bcl:replay"] },
  "with a null byte in its jti": { claims: { jti: "j\0" }, lines: ["bcl:replay"] },
  "without iat": { claims: { iat: undefined }, lines: ["bcl:claims"] },
  "with iat in words": { claims: { iat: "now" }, lines: ["bcl:claims"] },
  "that has expired": { claims: () => ({ exp: now() - 120, iat: now() - 240 }), lines: ["bcl:claims"] },
  "of the future": { claims: () => ({ iat: now() + 600, exp: now() + 900 }), lines: ["bcl:claims"] },
  "of last hour": { claims: () => ({ iat: now() - 3_600, exp: undefined }), lines: ["bcl:claims"] },
  "of last hour that lasts a year": {
    claims: () => ({ iat: now() - 3_600, exp: now() + 31_536_000 }),
    lines: ["bcl:claims"],
  },
  "typed as an access token": { how: { header: { typ: "at+jwt" } }, lines: ["bcl:typ"] },
  "typed as an ID token of somebody": { how: { header: { typ: "id+jwt" } }, lines: ["bcl:typ"] },
};

for (const [title, { claims = {}, how, lines = [] }] of Object.entries(refused))
  test(
    `a logout token ${title} ends nothing`,
    conforms({
      lines: [...lines, "bcl:bad-400"],
      asvs: ["10.5.5"],
      expected: "400 and no-store; the session lives",
    }),
    async ({ stage }) => {
      const subject = stranger().username;
      const person = await signedInVisitor(stage.url, stage.peer, { subject });
      const changes = typeof claims === "function" ? claims() : claims;
      const answer = await notify(stage, { sub: subject, ...changes }, how);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text)).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/) });
      expect(answer.headers.get("cache-control")).toContain("no-store");
      expect(await isSignedIn(person)).toBe(true);
      saw("400 and no-store; the session lives");
    },
  );

const accepted: Readonly<Record<string, Forgery>> = {
  "signed with ES256": { how: { algorithm: "ES256" } },
  "typed JWT and without exp": {
    claims: { exp: undefined },
    how: { header: { typ: "JWT" } },
    lines: ["bcl:typ"],
  },
  "without a type": { how: { header: {} }, lines: ["bcl:typ"] },
  "typed in capitals, with its tree": {
    how: { header: { typ: "application/LOGOUT+JWT" } },
    lines: ["bcl:typ"],
  },
  "for several clients": { claims: { aud: ["other", "gatehouse"] }, lines: ["bcl:claims"] },
  "with members in its event, and other events": {
    claims: { events: { [logoutEvent]: { reason: "password" }, "urn:other": {} } },
    lines: ["bcl:event"],
  },
  "of three quarters of a minute ahead": {
    claims: () => ({ iat: now() + 45, exp: now() + 165 }),
    lines: ["bcl:claims"],
  },
  "that lasts for ever": { claims: { exp: 1e300 } },
  "without a key id": { how: { header: { kid: undefined } } },
};

for (const [title, { claims = {}, how, lines = [] }] of Object.entries(accepted))
  test(
    `a logout token ${title} ends the session`,
    conforms({ lines, notes: [47], expected: "200; the session ended" }),
    async ({ stage }) => {
      const subject = stranger().username;
      const person = await signedInVisitor(stage.url, stage.peer, { subject });
      const changes = typeof claims === "function" ? claims() : claims;
      expect((await notify(stage, { sub: subject, ...changes }, how)).status).toBe(200);
      expect(await isSignedIn(person)).toBe(false);
      saw("200; the session ended");
    },
  );
