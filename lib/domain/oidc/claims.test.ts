import { describe, expect, it } from "vitest";
import { boundClaims } from "./bound-claims";
import { readPersonClaims } from "./person-claims";

describe("claims that are kept (field note 48)", () => {
  it("are merged, the ID token wins", () => {
    expect(boundClaims({ sub: "u", name: "U", a: 1 }, { sub: "i", name: "I" })).toEqual({
      sub: "i",
      name: "I",
      a: 1,
    });
  });

  it("leave out what binds tokens", () => {
    expect(boundClaims({ c_hash: "x" }, { nonce: "n", at_hash: "h", s_hash: "s", sub: "i" })).toEqual({
      sub: "i",
    });
  });

  it("are bounded one by one and in all", () => {
    expect(boundClaims({ big: "x".repeat(4_001), small: 1 }, {})).toEqual({ small: 1 });
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [`claim${String(at)}`, "x".repeat(1_000)]),
    );
    expect(JSON.stringify(boundClaims(many, {})).length).toBeLessThan(34_000);
  });

  it("can be stored", () => {
    const kept = boundClaims({ "a\0": "b\0", half: "\ud83d", deep: [{ "x\0": "\0" }] }, {});
    expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud83d/);
    expect(kept).toMatchObject({ a: "b", deep: [{ x: "" }] });
  });
});

describe("what claims say about a person", () => {
  it.each<[string, Record<string, unknown>, string | null]>([
    ["a name", { name: "Ada", nickname: "x" }, "Ada"],
    ["two names", { given_name: "Ada", family_name: "King" }, "Ada King"],
    ["one of two", { family_name: "King" }, "King"],
    ["a nickname", { nickname: "ada" }, "ada"],
    ["a user name", { preferred_username: "ada" }, "ada"],
    ["nothing", {}, null],
    ["spaces", { name: " \t " }, null],
    ["control characters", { name: "A\u0000\u001b\n\u007fda" }, "Ada"],
    ["marks that turn text around", { name: "\u202eAda\u2069" }, "Ada"],
    ["other types", { name: 7, nickname: ["x"], preferred_username: { a: 1 } }, null],
  ])("name: %s", (_, claims, name) => {
    expect(readPersonClaims(claims).name).toBe(name);
  });

  it("cuts a name by characters, not within one", () => {
    expect(readPersonClaims({ name: "👩".repeat(300) }).name).toBe("👩".repeat(200));
    expect(readPersonClaims({ name: "x".repeat(60_000) }).name).toHaveLength(200);
  });

  it.each<[unknown, boolean]>([
    [true, true],
    ["true", true],
    [false, false],
    ["false", false],
    ["TRUE", false],
    [1, false],
    [null, false],
    [undefined, false],
    [{}, false],
    ["yes", false],
  ])("email_verified %j counts as %s", (email_verified, expected) => {
    expect(readPersonClaims({ email: "a@example.com", email_verified }).emailVerified).toBe(expected);
  });

  it("verifies no address that is none", () => {
    for (const email of [
      "",
      "a",
      "a@b",
      "a@b.c\r\nBcc: x@y.z",
      `${"a".repeat(300)}@b.cc`,
      7,
      null,
      ["a@b.cc"],
    ])
      expect(readPersonClaims({ email, email_verified: true })).toMatchObject({
        email: null,
        emailVerified: false,
      });
  });

  it.each([
    ["https://p.example/a.png", "https://p.example/a.png"],
    ["http://localhost:9/a.png", "http://localhost:9/a.png"],
    ["http://p.example/a.png", null],
    ["javascript:alert(1)", null],
    ["data:image/png;base64,AA", null],
    ["//p.example/a.png", null],
    ["https://user:word@p.example/a.png", null],
    [`https://p.example/${"a".repeat(2_048)}`, null],
    ["", null],
    [7, null],
  ])("picture %j is shown as %j", (picture, expected) => {
    expect(readPersonClaims({ picture }).picture).toBe(expected);
  });
});
