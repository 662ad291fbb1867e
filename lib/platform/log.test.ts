import { describe, expect, it } from "vitest";
import { describeCause } from "./log";

const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
const opaque = "Zx4".repeat(20);

describe("a cause as it is logged (ASVS 16.2.5)", () => {
  it.each([
    ["a message that quotes a JWT", new Error(`cannot read ${jwt}.more`)],
    ["a message that quotes half of one", new Error(`Unexpected token 'e', "eyJhbGci"... is not valid JSON`)],
    ["a cause that is a JWT", new Error("Invalid JWT", { cause: jwt })],
    ["a cause of Auth.js that quotes an opaque token", new Error("x", { cause: { err: new Error(opaque) } })],
    ["a query with its parameters", new Error(`select 1\nparams: ada@example.com,${opaque}`)],
  ])("holds no secret: %s", (_, error) => {
    const line = JSON.stringify(describeCause(error));
    expect(line).not.toMatch(/eyJ|Zx4|ada@example/);
  });

  it("keeps names, codes, addresses and words", () => {
    const error = Object.assign(new TypeError("https://id.example.org/oauth2/v1/token answered 500"), {
      code: "E1",
    });
    expect(describeCause(error)).toEqual({
      name: "TypeError",
      message: "https://id.example.org/oauth2/v1/token answered 500",
      errorCode: "E1",
    });
  });
});
