import { afterEach, describe, expect, it, vi } from "vitest";

/** Modules as a build with this BASE_PATH has them. */
async function builtWith(basePath: string) {
  vi.resetModules();
  vi.stubEnv("BASE_PATH", basePath);
  return {
    ...(await import("./base-path")),
    ...(await import("@/lib/routes")),
    ...(await import("@/lib/routes-pictures")),
    ...(await import("@/lib/web/safe-return-path")),
    ...(await import("@/lib/web/api-methods")),
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe("a base path", () => {
  it.each(["", "/gate", "/gate/keeper", "/a-b_C9"])("may be %j", async (path) => {
    expect((await builtWith("")).basePathShape.test(path)).toBe(true);
  });

  it.each([
    ...[
      "/",
      "gate",
      "/gate/",
      "//gate",
      "/gate//keeper",
      "/..",
      "/a.b",
      "/gate?",
      "/gate#",
      "/ga te",
      "/g%20",
    ],
    ...["/gate\n", "/gåte", "/~gate", "https://example.org/gate", "/gate;x"],
  ])("may not be %j", async (path) => {
    expect((await builtWith("")).basePathShape.test(path)).toBe(false);
  });

  it("stands before every path that is given out, once", async () => {
    const { paths, postPaths, apiPaths, wellKnownPaths, pictureAddress, picturePath, loginPath } =
      await builtWith("/gate");
    const bare = await builtWith("");
    expect(paths.home).toBe("/gate");
    for (const [ours, theirs] of [
      [paths, bare.paths],
      [postPaths, bare.postPaths],
      [apiPaths, bare.apiPaths],
      [wellKnownPaths, bare.wellKnownPaths],
    ] as const) {
      for (const [name, path] of Object.entries(ours)) {
        if (name === "home") continue;
        const other = theirs[name as keyof typeof theirs] as unknown;
        if (typeof path === "string") expect(path).toBe(`/gate${String(other)}`);
        else expect(path("x")).toBe(`/gate${(other as (of: string) => string)("x")}`);
      }
    }
    expect(loginPath("/gate/profile")).toBe("/gate/login?returnTo=%2Fgate%2Fprofile");
    // What is stored outlives a move to another path.
    expect([picturePath("1"), pictureAddress("/pictures/1")]).toEqual(["/pictures/1", "/gate/pictures/1"]);
    expect([pictureAddress("https://a.example/1"), pictureAddress(null)]).toEqual([
      "https://a.example/1",
      null,
    ]);
  });

  it("changes nothing when it is empty", async () => {
    const { paths, apiPaths, pictureAddress, onHost, withinBase, baseMark } = await builtWith("");
    expect([paths.home, paths.profile, apiPaths.me]).toEqual(["/", "/profile", "/api/me"]);
    expect([pictureAddress("/pictures/1"), onHost("/"), withinBase("/x"), baseMark]).toEqual([
      ...["/pictures/1", "/", "/x", ""],
    ]);
  });

  it("tells our part of the host from the rest", async () => {
    const { withinBase } = await builtWith("/gate");
    expect(["/gate", "/gate/", "/gate/login"].map(withinBase)).toEqual(["/", "/", "/login"]);
    for (const path of ["/", "/login", "/gatex", "/Gate/login", "/%67ate/login", "//gate/login", ""])
      expect(withinBase(path), path).toBeNull();
  });

  it("is asked for by the route policy too: without it no rule holds", async () => {
    const { accessFor, routePolicy, paths } = await builtWith("/gate");
    expect(routePolicy.filter(({ path }) => path !== "/gate" && !path.startsWith("/gate/"))).toEqual([]);
    for (const path of Object.values(paths)) expect(accessFor(path), path).toBeDefined();
    expect(accessFor("/gate/profile")?.kind).toBe("signed-in");
    expect(accessFor("/profile")).toBeUndefined();
  });

  it("keeps the API's own words for what it does not have, and leaves Auth.js to itself", async () => {
    const { refuseMethod } = await builtWith("/gate");
    expect(refuseMethod("GET", "/api/nothing")?.status).toBe(404);
    expect(refuseMethod("PUT", "/api/me")?.status).toBe(405);
    expect(refuseMethod("GET", "/api/me")).toBeNull();
    expect(refuseMethod("GET", "/api/auth/callback/oidc")).toBeNull();
  });
});

describe("a return path below a base path (ASVS 3.7.2)", () => {
  it.each([
    ["/gate", "/gate"],
    ["/gate/profile?tab=1#x", "/gate/profile?tab=1#x"],
    ["/gate/a/../protected", "/gate/protected"],
    ["/x/../gate/profile", "/gate/profile"],
  ])("keeps %j as %j", async (given, kept) => {
    expect((await builtWith("/gate")).safeReturnPath(given)).toBe(kept);
  });

  it.each([
    ...[
      "/",
      "/profile",
      "/gatex",
      "/wiki?x=/gate/",
      "/gate/../wiki",
      "/gate/..",
      "/gate/%2e%2e/wiki",
      "/gate\\..\\wiki",
    ],
    ...[
      "//gate/profile",
      "https://evil.example/gate/profile",
      "/gate/login",
      "/gate/api/me",
      "/gate/auth/sign-out",
    ],
    ...["/gate/_next/static/x", "/gate/sign-up", "/Gate/profile"],
  ])("refuses %j: another application's, or nowhere", async (given) => {
    expect((await builtWith("/gate")).safeReturnPath(given)).toBeNull();
  });
});
