import { describe, expect, it } from "vitest";
import { parseChallenges } from "./parse-challenges";
import { readRefusal } from "./read-refusal";

const parsed = (header: string | null) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe("WWW-Authenticate", () => {
  it.each<[string, string | null, unknown]>([
    ["nothing", null, []],
    ["a bare scheme", "Bearer", [["bearer", {}]]],
    [
      "parameters, quoted and not",
      'Bearer realm="api", error=invalid_token',
      [["bearer", { realm: "api", error: "invalid_token" }]],
    ],
    [
      "commas and escapes within quotes",
      'Bearer realm="a, \\"b\\" c", error="x"',
      [["bearer", { realm: 'a, "b" c', error: "x" }]],
    ],
    [
      "several challenges",
      'Basic realm="x", Bearer error="insufficient_scope", scope="a b"',
      [
        ["basic", { realm: "x" }],
        ["bearer", { error: "insufficient_scope", scope: "a b" }],
      ],
    ],
    [
      "token68 before another challenge",
      'Negotiate YII=, DPoP algs="ES256"',
      [
        ["negotiate", {}],
        ["dpop", { algs: "ES256" }],
      ],
    ],
    [
      "odd spaces, empty elements and cases",
      ' ,bEaReR  ERROR = "x" ,, Scope=y',
      [["bearer", { error: "x", scope: "y" }]],
    ],
    ["the first of a repeated parameter", "Bearer error=a, error=b", [["bearer", { error: "a" }]]],
    ["nothing after an unclosed quote", 'Bearer realm="x, error="y', [["bearer", {}]]],
    ["no parameter without a scheme", 'error="x"', []],
  ])("reads %s", (_, header, expected) => {
    expect(parsed(header)).toEqual(expected);
  });

  it("is read in linear time", () => {
    const started = performance.now();
    parseChallenges(`Bearer ${"a ".repeat(50_000)}`);
    parseChallenges(`Bearer x="${"\\".repeat(50_000)}`);
    parseChallenges(`Bearer ${" ".repeat(50_000)}=`);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe("a refusal of the API", () => {
  const answer = (status: number, challenge?: string) =>
    new Response(null, { status, headers: challenge === undefined ? {} : { "www-authenticate": challenge } });

  it.each<[string, Response, unknown]>([
    ["401", answer(401, 'Bearer error="invalid_token"'), { code: "reconnect" }],
    ["403 without a word", answer(403), { code: "denied", permission: "read:admin-messages" }],
    [
      "403 with a scope",
      answer(403, 'Bearer error="insufficient_scope", scope="read:x"'),
      { code: "denied", permission: "read:x" },
    ],
    [
      "401 that asks for a stronger sign-in",
      answer(401, 'Bearer error="insufficient_user_authentication", acr_values="urn:a urn:b", max_age="300"'),
      { code: "step_up", stepUp: { acr_values: "urn:a urn:b", max_age: "300" } },
    ],
    [
      "401 that asks for a stronger sign-in without saying how",
      answer(401, 'Basic realm="x", Bearer error=insufficient_user_authentication, max_age=-1'),
      { code: "step_up", stepUp: {} },
    ],
    ["404", answer(404), { code: "not_found" }],
    ["500", answer(500), { code: "broken" }],
    ["302", answer(302), { code: "broken" }],
  ])("%s", (_, response, expected) => {
    expect(readRefusal("admin", response)).toEqual(expected);
  });
});
