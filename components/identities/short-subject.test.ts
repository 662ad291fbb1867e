import { expect, it } from "vitest";
import { shortSubject } from "./short-subject";

it.each([
  ["demo|ada", "demo|ada"],
  ["a".repeat(18), "a".repeat(18)],
  ["auth0|0123456789abcdefghij", "auth0|01234…efghij"],
  ["😀".repeat(20), `${"😀".repeat(11)}…${"😀".repeat(6)}`],
])("shows %j as %j", (subject, short) => {
  expect(shortSubject(subject)).toBe(short);
});
