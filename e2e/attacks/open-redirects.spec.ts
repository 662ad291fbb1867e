import { logIn, signUpLocally, submitAction } from "./support/forms";
import { beginSignIn, approvedCallback, signInAtPeer } from "./support/oidc";
import { unsafePaths } from "../../lib/web/testing/unsafe-paths";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor } from "./support/visitor";

/** Of the whole table, which the unit test of the validator walks, one of each kind. */
const sample = unsafePaths.filter((_, index) => index % 7 === 0);

function expectOwn(location: string | null, origin: string, payload: string): void {
  expect(location, payload).not.toBeNull();
  expect(new URL(location ?? "", origin).origin, payload).toBe(origin);
  expect(location, payload).not.toMatch(/^\/[/\\]/);
}

test("a login never leads away", proves("3.7.2"), async ({ stage, visitor }) => {
  const person = stranger();
  await signUpLocally(visitor, person);
  for (const payload of sample) {
    const path = `/login?${new URLSearchParams({ returnTo: payload })}`;
    const hidden = await logIn(new Visitor(stage.url), person, path);
    expectOwn(hidden.location, stage.url, payload);
    // The field itself, as an attacker's own form would hold it.
    const fields = { identifier: person.username, password: person.password, returnTo: payload };
    const forged = await submitAction(new Visitor(stage.url), "/login", 'name="identifier"', fields);
    expect(forged.location, payload).toBe("/profile");
  }
});

test("a sign-up never leads away", proves("3.7.2"), async ({ stage }) => {
  for (const payload of sample) {
    const fields = { ...stranger(), name: "", returnTo: payload };
    const answer = await submitAction(new Visitor(stage.url), "/sign-up", 'name="username"', fields);
    expect(answer.location, payload).toBe("/profile");
  }
});

test("a sign-in at the provider never leads away", proves("3.7.2"), async ({ stage }) => {
  for (const payload of sample) {
    const end = await signInAtPeer(new Visitor(stage.url), stage.peer, {}, { returnTo: payload });
    expect(end, payload).toEqual({ kind: "signed-in", location: "/profile" });
  }
});

test("a changed return cookie never leads away", proves("3.7.2"), async ({ stage, visitor }) => {
  const address = await approvedCallback(visitor, stage.peer, {}, { returnTo: "/public" });
  const name = [...visitor.cookies.keys()].find((key) => key.includes("oidc.return")) ?? "";
  expect(name).not.toBe("");
  visitor.cookies.set(name, encodeURIComponent("https://evil.example/"));
  const answer = await visitor.get(address);
  expectOwn(answer.location, stage.url, "cookie");
});

test("a signed-in visitor of the login page is not led away", proves("3.7.2"), async ({ stage, member }) => {
  for (const payload of sample)
    for (const page of ["/login", "/sign-up"]) {
      const answer = await member.get(`${page}?${new URLSearchParams({ returnTo: payload })}`);
      expectOwn(answer.location, stage.url, payload);
      expect(answer.location).toBe("/profile");
    }
});

test("links and forms of pages hold no unsafe path", proves("3.7.2"), async ({ visitor }) => {
  for (const payload of sample) {
    const query = new URLSearchParams({ returnTo: payload, from: payload, code: "temporarily_unavailable" });
    for (const page of ["/login", "/sign-up", "/auth/error"]) {
      const { text } = await visitor.get(`${page}?${query}`);
      const targets = [...text.matchAll(/(?:href|action|value)="([^"]*)"/g)].map(
        ([, target]) => target ?? "",
      );
      expect(
        targets.filter((target) => target.includes("evil")),
        `${page} ${payload}`,
      ).toEqual([]);
    }
  }
});

test("a middleware redirect keeps to this site", proves("3.7.2", "4.1.3"), async ({ stage, visitor }) => {
  for (const path of [
    "//evil.example/profile",
    "/\\evil.example",
    "/profile//evil.example",
    "/%2f%2fevil.example",
  ]) {
    const answer = await visitor.get(`${stage.url}${path}`);
    if (answer.location !== null) expectOwn(answer.location, stage.url, path);
  }
});

test("a safe path is kept through every way in", async ({ stage, visitor }) => {
  const returnTo = "/protected?a=1&b=%2F%2Fx#part";
  expect(await signInAtPeer(visitor, stage.peer, {}, { returnTo })).toEqual({
    kind: "signed-in",
    location: returnTo,
  });
  const person = stranger();
  await signUpLocally(new Visitor(stage.url), person);
  const path = `/login?${new URLSearchParams({ returnTo })}`;
  expect((await logIn(new Visitor(stage.url), person, path)).location).toBe(returnTo);
  expect(await beginSignIn(new Visitor(stage.url))).not.toContain("returnTo");
});
