import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { accessFor, apiMethods, loginPath, paths, routePolicy, signUpPath } from "./routes";

describe("the route policy", () => {
  it.each([
    ["/profile", "signed-in"],
    ["/profile/api-access", "signed-in"],
    ["/protected", "signed-in"],
    ["/settings/sessions", "signed-in"],
    ["/settings/anything/new", "signed-in"],
    ["/admin", "permission"],
    ["/admin/users/1", "permission"],
    ["/", "everyone"],
    ["/public", "everyone"],
    ["/auth/error", "everyone"],
    ["/confirm-email", "signed-in"],
    ["/.well-known/jwks.json", "everyone"],
    ["/login", "signed-out"],
    ["/sign-up", "signed-out"],
  ])("%s is for %s", (path, kind) => {
    expect(accessFor(path)?.kind).toBe(kind);
  });

  it.each([
    "/admin/anything",
    "/profiles",
    "/adminx",
    "/Admin",
    "/public/x",
    "/login/x",
    "",
    "profile",
    "/settingsx",
    "/protected/x",
  ])("%j is no page of ours", (path) => {
    expect(accessFor(path)).toBeUndefined();
  });

  it("has a rule for every path that is written down, and no rule behind one that covers it", () => {
    for (const path of Object.values(paths)) expect(accessFor(path), path).toBeDefined();
    for (const [at, { path }] of routePolicy.entries()) {
      const covering = routePolicy
        .slice(0, at)
        .filter((rule) => rule.path === path || (rule.match === "tree" && path.startsWith(`${rule.path}/`)));
      expect(covering, path).toEqual([]);
    }
  });
});

describe("paths with a way back", () => {
  it("keep path, query and fragment in one parameter", () => {
    const back = "/protected?a=1&b=2#c";
    for (const path of [loginPath(back), signUpPath(back), loginPath(back, "session-ended")])
      expect(new URL(path, "http://x.example").searchParams.get("returnTo")).toBe(back);
  });

  it("are bare without one", () => {
    expect([loginPath(), signUpPath(null)]).toEqual(["/login", "/sign-up"]);
    expect(loginPath(undefined, "cancelled")).toBe("/login?notice=cancelled");
  });
});

describe("the methods of the API", () => {
  it("are those of the route handlers under app/api", () => {
    const root = path.join(import.meta.dirname, "..", "app");
    const files = readdirSync(path.join(root, "api"), { recursive: true, encoding: "utf8" });
    const routes = files.filter((file) => file.endsWith("/route.ts") && !file.startsWith("auth/"));
    const handled = routes.map((file) => [
      `/api/${path.dirname(file).replace(/\[(\w+)\]/g, "{$1}")}`,
      [
        ...readFileSync(path.join(root, "api", file), "utf8").matchAll(
          /^export (?:async function|const) (\w+)/gm,
        ),
      ].map(([, name]) => name),
    ]);
    expect(apiMethods).toEqual(Object.fromEntries(handled));
  });
});
