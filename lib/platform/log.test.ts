import pino from "pino";
import { describe, expect, it } from "vitest";
import { describeCause, logOptions, secretNames } from "./log";

/** What a call of the log writes. */
function written(entry: object): string {
  let line = "";
  pino({ ...logOptions, level: "info" }, { write: (text) => (line += text) }).info(entry, "words");
  return line;
}

describe("a line of the log", () => {
  it.each(secretNames)("masks %s wherever it stands (ASVS 16.2.5)", (name) => {
    const entry = { [name]: "Zx4-secret", a: { [name]: "Zx4-secret" }, b: { c: { [name]: "Zx4-secret" } } };
    expect(written(entry)).not.toContain("Zx4-secret");
    expect(written(entry).match(/\[redacted\]/g)).toHaveLength(3);
  });

  it.each(["userId", "actorId", "subjectId"])("names a person in %s by a pseudonym", (name) => {
    const id = "6f1c2f0e-8a57-4a0e-9b0c-0d9f5b0c1a2b";
    const line = JSON.parse(written({ [name]: id })) as Record<string, unknown>;
    expect(line[name]).toBe("f865ff96005aade9");
    expect(written({ [name]: null })).toContain(`"${name}":null`);
    expect(written({ place: { table: "provider_tokens", userId: id } })).not.toContain(id);
  });

  it("is JSON with a time in UTC and the level as a word, however odd the text (ASVS 16.2.2, 16.2.4, 16.4.1)", () => {
    const line = written({ event: "x", path: 'a\n{"event":"forged"}\u2028' });
    expect(line.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({
      level: "info",
      event: "x",
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
  });
});

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
