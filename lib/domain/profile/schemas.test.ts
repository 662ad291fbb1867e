import { describe, expect, it } from "vitest";
import { nameSchema, pictureUrlSchema } from "./schemas";

describe("a picture's address", () => {
  it("is an https URL", () => {
    expect(pictureUrlSchema.parse({ pictureUrl: " https://img.example.org/a b.png " }).pictureUrl).toBe(
      "https://img.example.org/a%20b.png",
    );
  });

  it.each([
    "",
    "img.example.org/a.png",
    "http://img.example.org/a.png",
    "javascript:alert(1)",
    "data:image/png;base64,AAAA",
    "//evil.example/a.png",
    "https://",
    "https://user:secret@img.example.org/a.png",
    `https://img.example.org/${"a".repeat(2_048)}`,
  ])("is not %j", (pictureUrl) => {
    expect(pictureUrlSchema.safeParse({ pictureUrl }).success).toBe(false);
  });
});

describe("a name", () => {
  it("may be taken away", () => {
    expect(nameSchema.parse({ name: "  " })).toEqual({ name: null });
  });

  it.each(["a\u0000b", "x".repeat(201)])("is not %j", (name) => {
    expect(nameSchema.safeParse({ name }).success).toBe(false);
  });
});
