import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openSessionCookie, sealSessionCookie } from "./session-cookie";
import { randomToken, tokenDigest } from "./token";

const secret = "first secret of this test, 32 characters and more";
const older = "second secret of this test, as long as the first";
const token = randomToken();
const sealed = sealSessionCookie(token, [secret, older]);

describe("the session cookie (ASVS 7.2.3, 3.3.5)", () => {
  it("is 66 characters of the safe alphabet", () => {
    expect(sealed).toMatch(/^[\w-]{43}\.[\w-]{22}$/);
    expect(sealed.length).toBe(66);
  });

  it("opens with the secret that signed it, newest or not", () => {
    expect(openSessionCookie(sealed, [secret])).toBe(token);
    expect(openSessionCookie(sealed, ["x".repeat(40), secret])).toBe(token);
    expect(openSessionCookie(sealSessionCookie(token, [older]), [secret, older])).toBe(token);
  });

  it("is signed by the newest secret", () => {
    expect(openSessionCookie(sealed, [older])).toBeNull();
  });

  it.each<[string, string | undefined]>([
    ["nothing", undefined],
    ["an empty text", ""],
    ["a token without a signature", token],
    ["an empty signature", `${token}.`],
    ["another token", `${randomToken()}.${sealed.split(".")[1] ?? ""}`],
    ["another signature", `${token}.${"A".repeat(22)}`],
    ["a value that is too short", sealed.slice(1)],
    ["a value that is too long", `${sealed}A`],
    ["a line break at the end", `${sealed}\n`],
    ["three parts", `${sealed}.x`],
    ["a quoted value", `"${sealed}"`],
    ["10 kB", "A".repeat(10_000)],
    ["10 MB", "A".repeat(10_000_000)],
    ["a signature over the token alone", `${token}.${plainMac(token)}`],
  ])("does not open %s", (_, value) => {
    expect(openSessionCookie(value, [secret, older])).toBeNull();
  });

  it("does not open a value with any one character changed", () => {
    for (let at = 0; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === "A" ? "B" : "A";
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(openSessionCookie(changed, [secret]), String(at)).toBeNull();
    }
  });

  it("opens nothing without a secret, and signs nothing", () => {
    expect(openSessionCookie(sealed, [])).toBeNull();
    expect(() => sealSessionCookie(token, [])).toThrow(RangeError);
  });
});

describe("a session token (ASVS 7.2.2)", () => {
  it("has 256 random bits", () => {
    const tokens = new Set(Array.from({ length: 1_000 }, randomToken));
    expect(tokens.size).toBe(1_000);
    for (const value of tokens) expect(Buffer.from(value, "base64url").length).toBe(32);
  });

  it("is kept as a digest", () => {
    expect(tokenDigest(token)).toHaveLength(32);
    expect(tokenDigest(token).toString("base64url")).not.toBe(token);
  });
});

function plainMac(value: string): string {
  return createHmac("sha256", secret).update(value).digest().subarray(0, 16).toString("base64url");
}
