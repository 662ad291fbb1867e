import { hiddenFields, signOut, signUpLocally, submitAction } from "./support/forms";
import { pressProviderButton, signedInVisitor } from "./support/oidc";
import { expect, proves, stranger, test } from "./support/test";
import type { Visitor } from "./support/visitor";

/** What a browser sends from a page that is not ours, or a tool that says nothing. */
const origins: Readonly<Record<string, Record<string, string>>> = {
  "another site": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  "a sibling site": { origin: "http://evil.localhost", "sec-fetch-site": "same-site" },
  "another port": { origin: "http://localhost:1", "sec-fetch-site": "same-site" },
  "a sandboxed frame": { origin: "null", "sec-fetch-site": "cross-site" },
  nowhere: { origin: "" },
  "nowhere, typed by hand": { origin: "", "sec-fetch-site": "none" },
  "our name in a longer one": { origin: "http://localhost.evil.example" },
};

const refusal = /^\/auth\/error\?code=cross_site_request&/;

async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.get("/api/me")).status === 200;
}

for (const [title, headers] of Object.entries(origins)) {
  test(`signing somebody out from ${title} is refused`, proves("3.5.1"), async ({ member }) => {
    const answer = await member.post("/auth/sign-out", { scope: "here" }, headers);
    expect(answer.location).toMatch(refusal);
    expect((await member.get(answer.location ?? "")).status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await isSignedIn(member)).toBe(true);
  });

  test(`starting a sign-in from ${title} is refused`, proves("3.5.1", "7.6.2"), async ({ visitor }) => {
    const answer = await visitor.post("/auth/oidc/oidc", { intent: "sign-in" }, headers);
    expect(answer.location).toMatch(refusal);
    expect(visitor.cookies.size).toBe(0);
  });
}

/** Server actions: Next.js compares the Origin header with the host; without one it lets a form through. */
const foreign = Object.entries(origins).filter(([, { origin }]) => origin !== "");

for (const [title, headers] of foreign) {
  test(`a login from ${title} is refused`, proves("3.5.1"), async ({ visitor, stage }) => {
    const person = stranger();
    const owner = visitor.copy();
    await signUpLocally(owner, person);
    const before = await stage.rows.counts();
    const fields = { identifier: person.username, password: person.password };
    await submitAction(visitor, "/login", 'name="identifier"', fields, headers);
    expect(visitor.sessionCookie).toBeUndefined();
    expect(await stage.rows.counts()).toEqual(before);
  });

  test(`a sign-up from ${title} is refused`, proves("3.5.1"), async ({ visitor, stage }) => {
    const before = await stage.rows.counts();
    await submitAction(visitor, "/sign-up", 'name="username"', { ...stranger(), name: "" }, headers);
    expect(visitor.sessionCookie).toBeUndefined();
    expect(await stage.rows.counts()).toEqual(before);
  });

  test(`ending sessions from ${title} is refused`, proves("3.5.1"), async ({ stage }) => {
    const subject = stranger().username;
    const one = await signedInVisitor(stage.url, stage.peer, { subject });
    const other = await signedInVisitor(stage.url, stage.peer, { subject });
    await submitAction(one, "/settings/sessions", "End session", {}, headers);
    await submitAction(one, "/settings/sessions", "End all other sessions", {}, headers);
    expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([true, true]);
  });
}

for (const [title, headers] of foreign)
  test(`a scripted call of a server action from ${title} is refused`, proves("3.5.1"), async ({ stage }) => {
    const subject = stranger().username;
    const one = await signedInVisitor(stage.url, stage.peer, { subject });
    const other = await signedInVisitor(stage.url, stage.peer, { subject });
    const page = await one.get("/settings/sessions");
    const fields = hiddenFields(page.text, "End all other sessions");
    const action =
      Object.keys(fields)
        .find((name) => name.startsWith("$ACTION_ID_"))
        ?.slice(11) ?? "";
    expect(action).toMatch(/^[0-9a-f]{40,}$/);
    await one.postMultipart("/settings/sessions", { "0": "[]" }, { ...headers, "next-action": action });
    expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([true, true]);
    // The same call from our own page does what it says.
    await one.postMultipart("/settings/sessions", { "0": "[]" }, { "next-action": action });
    expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([true, false]);
  });

test("a sign-out of our own page needs no script and no token", async ({ member }) => {
  expect((await signOut(member)).location).toBe("/");
  expect(await isSignedIn(member)).toBe(false);
});

test("a GET changes nothing", proves("3.5.3", "7.6.2"), async ({ member, stage }) => {
  const before = await stage.rows.counts();
  for (const path of [
    "/auth/sign-out",
    "/auth/oidc/oidc",
    "/auth/sign-out?scope=here",
    "/auth/oidc/oidc?intent=sign-in",
  ])
    expect((await member.get(path)).status, path).toBe(405);
  for (const method of ["PUT", "DELETE", "PATCH"])
    expect((await member.send("/auth/sign-out", { method, headers: { origin: stage.url } })).status).toBe(
      405,
    );
  await member.get("/auth/signed-out?state=guess");
  expect(await isSignedIn(member)).toBe(true);
  expect(await stage.rows.counts()).toEqual(before);
});

test("another site cannot read answers of the API", proves("3.4.2"), async ({ member }) => {
  const answer = await member.get("/api/me", { origin: "https://evil.example" });
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
});

test(
  "a sign-in cannot be begun with a script's content type",
  proves("3.5.1"),
  async ({ visitor, stage }) => {
    const answer = await visitor.send("/auth/oidc/oidc", {
      method: "POST",
      headers: { origin: stage.url, "content-type": "application/json" },
      body: '{"intent":"sign-in"}',
    });
    expect(answer.location).toMatch(/^\/auth\/error\?code=invalid_request&/);
    expect((await pressProviderButton(visitor)).status).toBe(200);
  },
);
