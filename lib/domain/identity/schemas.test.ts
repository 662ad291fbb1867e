import { describe, expect, it } from "vitest";
import { signInSchema, signUpSchema } from "./schemas";

const person = { username: "ada", email: "ada@example.com", name: "", password: "a long walk by the sea" };

const faults = (changes: Record<string, unknown>) =>
  signUpSchema.safeParse({ ...person, ...changes }).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("a sign-up (ASVS 2.2.2, 6.2)", () => {
  it("takes what is right and nothing besides", () => {
    const parsed = signUpSchema.parse({ ...person, role: "admin", id: "1", emailVerified: "true" });
    expect(parsed).toEqual({ ...person, name: null });
  });

  it.each(["a", "-ada", "a b", "ada@x", "a".repeat(40), "", "ада", "a\u0000b", "ada\n.", "<b>"])(
    "refuses the user name %j",
    (username) => {
      expect(faults({ username })).toContain("username");
    },
  );

  it.each([
    "",
    "ada",
    "ada@",
    "@example.com",
    "a b@example.com",
    "a@b",
    "a@example.com\nBcc:x@y.zz",
    `${"a".repeat(250)}@b.cc`,
    "a@[127.0.0.1]",
  ])("refuses the address %j", (email) => {
    expect(faults({ email })).toContain("email");
  });

  it.each([
    ["14 characters", "fourteen chars"],
    ["257 characters", "x".repeat(257)],
    ["nothing", ""],
  ])("refuses a password of %s", (_, password) => {
    expect(faults({ password })).toContain("password");
  });

  it.each([
    ["15 characters", "fifteen letters"],
    ["64 characters", "x y".repeat(21) + "z"],
    ["256 characters", "word ".repeat(51) + "z"],
    ["any script", "пароль из пяти слов и ещё"],
    ["signs that need two code units", "👩‍🚀🌍🌒🌓🌔🌕🌖🌗🌘🌙🌚🌛🌜🌝"],
    ["spaces at its ends, which count", "  fourteen chars "],
    ["one kind of character", "aaaaaaaaaaaaaaaaaaaa"],
  ])("takes a password of %s", (_, password) => {
    expect(faults({ password })).toEqual([]);
    expect(signUpSchema.parse({ ...person, password }).password).toBe(password);
  });

  it("refuses a name that is too long or cannot be stored", () => {
    for (const name of ["x".repeat(201), "a\u0000b", "\ud83d"]) expect(faults({ name })).toContain("name");
  });

  it("refuses missing fields and other types without throwing", () => {
    for (const value of [undefined, null, 7, [], {}])
      for (const field of ["username", "email", "password"])
        expect(faults({ [field]: value })).toContain(field);
  });
});

describe("a sign-in", () => {
  it("trims the name, never the password", () => {
    expect(signInSchema.parse({ identifier: " ada ", password: " x " })).toEqual({
      identifier: "ada",
      password: " x ",
    });
  });

  it("refuses what is missing, too long or cannot be stored", () => {
    for (const input of [
      {},
      { identifier: "ada" },
      { identifier: "", password: "x" },
      { identifier: "a".repeat(255), password: "x" },
      { identifier: "ada\u0000", password: "x" },
      { identifier: "ada", password: "x".repeat(257) },
      { identifier: ["ada"], password: "x" },
    ])
      expect(signInSchema.safeParse(input).success, JSON.stringify(input).slice(0, 60)).toBe(false);
  });
});
