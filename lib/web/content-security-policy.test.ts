import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

const nonce = "bm9uY2Utb2YtYS1wYWdl";
const policy = (development: boolean, https: boolean) =>
  new Map(
    contentSecurityPolicy(nonce, { development, https })
      .split("; ")
      .map((directive): [string, string[]] => {
        const [name = "", ...sources] = directive.split(" ");
        return [name, sources];
      }),
  );

describe("the content security policy (ASVS 3.4.3)", () => {
  const production = policy(false, true);

  it("runs scripts and styles by nonce alone", () => {
    expect(production.get("script-src")).toContain(`'nonce-${nonce}'`);
    expect(production.get("style-src")).toContain(`'nonce-${nonce}'`);
    expect([...production.values()].flat().filter((source) => source.startsWith("'unsafe-"))).toEqual([]);
  });

  it.each([
    ["object-src", ["'none'"]],
    ["base-uri", ["'none'"]],
    ["frame-ancestors", ["'none'"]],
    ["form-action", ["'self'"]],
    ["connect-src", ["'self'"]],
    ["default-src", ["'self'"]],
  ])("closes %s", (name, sources) => {
    expect(production.get(name)).toEqual(sources);
  });

  it("shows pictures of https sites, of this machine only over plain http", () => {
    expect(production.get("img-src")).toEqual(["'self'", "data:", "https:"]);
    expect(policy(false, false).get("img-src")?.join(" ")).toMatch(/ http:\/\/localhost:\*/);
  });

  it("turns plain http into https where that is spoken", () => {
    expect(production.has("upgrade-insecure-requests")).toBe(true);
    expect(policy(false, false).has("upgrade-insecure-requests")).toBe(false);
  });

  it("loosens for hot reload alone", () => {
    expect(policy(true, false).get("script-src")).toContain("'unsafe-eval'");
    expect(policy(false, false).get("script-src")).not.toContain("'unsafe-eval'");
  });
});
