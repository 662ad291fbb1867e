import { describe, expect, it } from "vitest";
import { safeReturnPath } from "./safe-return-path";
import { unsafePaths } from "./testing/unsafe-paths";

describe("a return path (ASVS 3.7.2, RFC 9700 section 4.11)", () => {
  it.each(unsafePaths.map((path) => [path.slice(0, 60), path]))("refuses %j", (_, path) => {
    expect(safeReturnPath(path)).toBeNull();
  });

  it("refuses what is no text", () => {
    for (const value of [undefined, null, 7, {}, [], ["/profile"], new String("/profile")])
      expect(safeReturnPath(value)).toBeNull();
  });

  it("is tested with many disguises", () => {
    expect(unsafePaths.length).toBeGreaterThanOrEqual(60);
    expect(new Set(unsafePaths).size).toBe(unsafePaths.length);
  });

  it.each([
    ["/", "/"],
    ["/profile", "/profile"],
    ["/profile?tab=claims&x=%2F%2Fevil", "/profile?tab=claims&x=%2F%2Fevil"],
    ["/profile#claims", "/profile#claims"],
    ["/search?next=https://other.example", "/search?next=https://other.example"],
    ["/a/../protected", "/protected"],
    ["/loginx", "/loginx"],
    ["/authors", "/authors"],
    ["/apiary", "/apiary"],
    ["/名前?q=é", "/%E5%90%8D%E5%89%8D?q=%C3%A9"],
    ["/%2f%2fevil.example", "/%2f%2fevil.example"],
    ["/:80", "/:80"],
  ])("keeps %j as %j", (given, kept) => {
    expect(safeReturnPath(given)).toBe(kept);
  });

  it("never gives back what a browser resolves to another origin", () => {
    const origins = ["https://app.example", "http://localhost:3000"];
    const parts = [
      "/",
      "\\",
      ".",
      "..",
      "%2e",
      "\t",
      "\n",
      "@",
      ":",
      "//",
      "evil.example",
      "javascript:",
      "?",
      "#",
      " ",
      "%5c",
    ];
    for (let round = 0; round < 20_000; round += 1) {
      const value = Array.from(
        { length: 1 + (round % 6) },
        (_, at) => parts[(round * 7 + at * 13 + round ** 2) % parts.length],
      ).join("");
      const safe = safeReturnPath(`/${value}`);
      if (safe === null) continue;
      for (const origin of origins) expect(new URL(safe, origin).origin, JSON.stringify(value)).toBe(origin);
      expect(safeReturnPath(safe), JSON.stringify(value)).toBe(safe);
    }
  });
});
