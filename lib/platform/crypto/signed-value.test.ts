import { describe, expect, it } from "vitest";
import { openSignedValue, signValue } from "./signed-value";

const secret = "first secret of this test, 32 characters and more";
const older = "second secret of this test, as long as the first";
const text = JSON.stringify({ path: "/protected?größe=1", number: 7 });
const signed = signValue(text, "purpose", [secret, older]);

describe("a signed value (ASVS 9.1.1)", () => {
  it("needs no quoting in a cookie and opens with any secret of the ring", () => {
    expect(signed).toMatch(/^[\w-]+\.[\w-]{43}$/);
    expect(openSignedValue(signed, "purpose", [secret])).toBe(text);
    expect(openSignedValue(signValue(text, "purpose", [older]), "purpose", [secret, older])).toBe(text);
  });

  it("is signed by the newest secret", () => {
    expect(openSignedValue(signed, "purpose", [older])).toBeNull();
  });

  it("does not open for another purpose", () => {
    expect(openSignedValue(signed, "purpos", [secret])).toBeNull();
    expect(openSignedValue(signed, "", [secret])).toBeNull();
  });

  it("does not open with any one character changed", () => {
    // The last character of the signature carries two bits that mean nothing.
    for (let at = 0; at < signed.length - 1; at += 1) {
      const other = signed[at] === "A" ? "B" : "A";
      const changed = signed.slice(0, at) + other + signed.slice(at + 1);
      expect(openSignedValue(changed, "purpose", [secret]), String(at)).toBeNull();
    }
  });

  it.each<[string, string | undefined]>([
    ["nothing", undefined],
    ["an empty text", ""],
    ["a body without a signature", signed.split(".")[0]],
    ["an empty signature", `${signed.split(".")[0] ?? ""}.`],
    ["a line break at the end", `${signed}\n`],
    ["three parts", `${signed}.x`],
    ["10 MB", "A".repeat(10_000_000)],
  ])("does not open %s", (_, value) => {
    expect(openSignedValue(value, "purpose", [secret, older])).toBeNull();
  });

  it("opens nothing without a secret, and signs nothing", () => {
    expect(openSignedValue(signed, "purpose", [])).toBeNull();
    expect(() => signValue(text, "purpose", [])).toThrow(RangeError);
  });
});
