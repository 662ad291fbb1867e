import { describe, expect, it } from "vitest";
import { readStartParameters } from "./start-parameters";

const read = (given: Record<string, string>) => readStartParameters((name) => given[name] ?? null);

describe("what a form may ask of a provider", () => {
  it("is what the list names, in its form", () => {
    const all = {
      login_hint: "ada@example.org",
      ui_locales: "de-CH en",
      max_age: "0",
      acr_values: "urn:mace:incommon:iap:silver mfa",
    };
    expect(read(all)).toEqual(all);
  });

  it.each([
    { prompt: "none" },
    { scope: "admin" },
    { redirect_uri: "https://evil.example" },
    { claims: "{}" },
    { login_hint: "" },
    { login_hint: "a\nb" },
    { login_hint: "a".repeat(255) },
    { max_age: "-1" },
    { max_age: "1e9" },
    { max_age: "0 " },
    { ui_locales: "de&scope=admin" },
    { acr_values: "silver\tgold" },
  ])("is not %j", (given) => {
    expect(read(given as Record<string, string>)).toEqual({});
  });
});
