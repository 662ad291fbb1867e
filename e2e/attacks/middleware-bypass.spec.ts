import { hiddenFields, signOut } from "./support/forms";
import { gatedPages } from "./support/gated";
import { signedInVisitor } from "./support/oidc";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor, rawRequest } from "./support/visitor";

const subrequests = [
  "middleware",
  "src/middleware",
  "pages/_middleware",
  "src/pages/_middleware",
  "middleware:middleware:middleware:middleware:middleware",
  "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware",
  "proxy:proxy:proxy:proxy:proxy",
];

test("no page is left out", () => {
  expect(gatedPages).toEqual(
    expect.arrayContaining(["/profile", "/protected", "/admin", "/settings/sessions"]),
  );
});

for (const path of gatedPages) {
  test(
    `${path} tells a stranger nothing when the middleware is talked around`,
    proves("note 20", "8.3.1"),
    async ({ stage }) => {
      for (const value of subrequests) {
        const answer = await rawRequest(stage.url, path, { "x-middleware-subrequest": value });
        expect(answer.status, value).toBe(307);
        expect(answer.headers["location"]).toContain("/login");
      }
      const headers = { "x-middleware-next": "1", "x-invoke-path": path, "x-matched-path": path, rsc: "1" };
      expect((await new Visitor(stage.url).get(path, headers)).text).not.toContain("Peer Person");
    },
  );

  test(
    `${path} decides itself when only the table knows that the session has ended`,
    proves("note 20", "7.2.1"),
    async ({ member }) => {
      const thief = member.copy();
      await signOut(member);
      // The middleware looks at the signature alone, which is right: the page itself turns the thief away.
      const answer = await thief.get(path);
      expect(answer.location).toMatch(/^\/login\?notice=session-ended&returnTo=/);
      for (const headers of [{ rsc: "1" }, { rsc: "1", "next-router-prefetch": "1" }]) {
        const flight = await thief.get(path, headers);
        expect(flight.text).not.toContain("Peer Person");
        expect(flight.text).not.toContain("message.");
      }
    },
  );

  test(
    `${path} takes no form from somebody whose session has ended`,
    proves("note 30"),
    async ({ member }) => {
      const thief = member.copy();
      await signOut(member);
      for (const headers of [{}, { "next-action": "0".repeat(42) }]) {
        const answer = await thief.postMultipart(path, { anything: "1" }, headers);
        expect(answer.text).not.toContain("Peer Person");
      }
    },
  );
}

test(
  "/admin decides itself for somebody without the permission",
  proves("8.2.1"),
  async ({ stage, member }) => {
    const before = stage.api.requests.length;
    for (const headers of [{}, { rsc: "1" }, { "x-middleware-subrequest": "middleware" }]) {
      const answer = await member.get("/admin", headers);
      expect(answer.text).not.toContain("The admin message.");
    }
    expect((await member.get("/admin")).status).toBe(403);
    expect(stage.api.requests.slice(before).filter(({ path }) => path.endsWith("/admin"))).toEqual([]);
  },
);

test("server actions decide themselves", proves("8.3.1", "note 30"), async ({ stage }) => {
  const subject = stranger().username;
  const one = await signedInVisitor(stage.url, stage.peer, { subject });
  const other = await signedInVisitor(stage.url, stage.peer, { subject });
  const page = await one.get("/settings/sessions");
  const all = hiddenFields(page.text, "End all other sessions");
  const single = hiddenFields(page.text, "End session");
  const id =
    Object.keys(all)
      .find((name) => name.startsWith("$ACTION_ID_"))
      ?.slice(11) ?? "";
  const thief = one.copy();
  await signOut(one);
  for (const fields of [all, single]) await thief.postMultipart("/settings/sessions", fields);
  await thief.postMultipart("/settings/sessions", { "0": "[]" }, { "next-action": id });
  await new Visitor(stage.url).postMultipart("/settings/sessions", all);
  // The action is the same at every address of the application.
  await new Visitor(stage.url).postMultipart("/public", { "0": "[]" }, { "next-action": id });
  expect((await other.get("/api/me")).status).toBe(200);
});

test("API routes decide themselves and never redirect", proves("8.3.1"), async ({ stage, member }) => {
  const thief = member.copy();
  await signOut(member);
  for (const path of ["/api/me", "/api/messages/protected", "/api/messages/admin"])
    for (const visitor of [thief, new Visitor(stage.url)]) {
      const answer = await visitor.get(path, { "x-middleware-subrequest": "middleware" });
      expect(answer.status, path).toBe(401);
      expect(answer.headers.get("content-type")).toContain("application/json");
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(answer.headers.get("cache-control")).toContain("no-store");
    }
});

test("headers of our own middleware cannot be sent from outside", proves("4.1.3"), async ({ stage }) => {
  const planted = { "x-request-id": "planted-by-a-stranger", "x-nonce": "planted", "x-pathname": "/public" };
  const answer = await new Visitor(stage.url).get("/login", {
    ...planted,
    "x-request-path": "//evil.example",
  });
  expect(answer.headers.get("x-request-id")).not.toContain("planted");
  expect(answer.headers.get("content-security-policy")).not.toContain("planted");
  expect(answer.text).not.toContain("planted");
  const admin = await new Visitor(stage.url).get("/admin", { ...planted, "x-request-path": "/public" });
  expect(admin.location).toBe("/login?returnTo=%2Fadmin");
});
