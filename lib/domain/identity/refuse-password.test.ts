import { describe, expect, it } from "vitest";
import { refusePassword } from "./refuse-password";
import { passwordStrength } from "@/lib/shared/password-strength";

const words = ["ada", "ada.lovelace@example.org", "Ada Lovelace"];

describe("a new password (ASVS 6.1.2, 6.2.4, 6.2.11, 6.2.12)", () => {
  it.each([
    ["common", "1234567890qwerty"],
    ["common", "Q1W2E3R4T5Y6U7I8"],
    ["common", "passwordassword"],
    ["common", "baseballfootball"],
    ["common", "superman-iloveyou"],
    ["common", "x1qaz2wsxmichelle!"],
    ["repeated", "passwordpassword"],
    ["repeated", "aaaaaaaaaaaaaaaaaaaa"],
    ["repeated", "abc1abc1abc1abc1"],
    ["repeated", "\u{1f600}".repeat(15)],
    ["sequence", "abcdefghijklmnop"],
    ["sequence", "98765432109876543"],
    ["sequence", "qwertyuiopasdfghj"],
    ["context", "gatehouse-gatehouse"],
    ["context", "Ada.Lovelace@Example.org"],
    ["context", "lovelace lovelace 12"],
    ["context", "GatehouseLovelace1"],
  ])("is refused as %s: %s", (reason, password) => {
    expect(refusePassword(password, words)).toBe(reason);
  });

  it("is refused in whatever Unicode form it is typed", () => {
    expect(refusePassword("ｇａｔｅｈｏｕｓｅ-gatehouse", words)).toBe("context");
  });

  it.each([
    "a long walk by the sea",
    "monkey dragon baseball football shadow",
    "пароль из пяти слов и ещё",
    "gatehouse is where I keep bees",
    "my name is Ada and I count",
    "Tr0ub4dor&3 and more",
    "0123456789 bottles of beer",
    "e7f1b2c9d0a84536",
  ])("is taken: %s", (password) => {
    expect(refusePassword(password, words)).toBeNull();
  });
});

describe("the strength that is shown", () => {
  it.each([
    ["", 0],
    ["fourteen chars", 0],
    ["aaaaaaaaaaaaaaaaaaaaaaaa", 1],
    ["abcdefghijklmnopqrstuvwxyz", 1],
    ["x7Kq!x7Kq!x7Kq!x7Kq!", 1],
    ["a long walk by ", 2],
    ["wind tunnel and slide rule", 3],
  ])("of %j is %i", (password, strength) => {
    expect(passwordStrength(password)).toBe(strength);
  });
});
