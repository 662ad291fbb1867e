import { submitAction, signUpLocally } from "./support/forms";
import { continuation, pressProviderButton, signedInVisitor } from "./support/oidc";
import type { Stage } from "./support/stage";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor } from "./support/visitor";
import type { Scenario } from "../peers/provider/scenario";

const page = "/settings/sessions";
const seconds = () => Math.floor(Date.now() / 1000);

/** Makes every session as old as an hour. */
async function age({ rows: { sql } }: Stage): Promise<void> {
  await sql`update sessions set confirmed_at = now() - interval '1 hour'`;
}

/** Whether the session of this browser counts as confirmed a moment ago: the page goes on by itself. */
async function isConfirmed(visitor: Visitor): Promise<boolean> {
  return (await visitor.get(`/confirm?returnTo=${page}`)).location === page;
}

async function startConfirmation(visitor: Visitor, fields: Record<string, string> = {}): Promise<string> {
  return continuation(await pressProviderButton(visitor, { intent: "confirm", returnTo: page, ...fields }));
}

/** A member at the peer whose sign-in is an hour old, and the scenario that signs the same person in again. */
async function oldMember(stage: Stage, scenario: Scenario = {}) {
  const subject = `person|${stranger().username}`;
  const member = await signedInVisitor(stage.url, stage.peer, { ...scenario, subject });
  await age(stage);
  return { member, subject };
}

test("the provider is asked for a login now, whatever the form says", proves("6.8.4"), async ({ stage }) => {
  const { member } = await oldMember(stage);
  const request = new URL(await startConfirmation(member, { max_age: "999999", prompt: "none" }));
  expect(request.searchParams.get("max_age")).toBe("0");
  expect(request.searchParams.get("prompt")).toBe("login");
});

for (const [title, idToken] of [
  ["without auth_time", { auth_time: undefined }],
  ["with an auth_time of an hour ago", { auth_time: seconds() - 3_600 }],
  ["with an auth_time of two minutes ago", { auth_time: seconds() - 120 }],
  ["with an auth_time of tomorrow", { auth_time: seconds() + 86_400 }],
  ["with auth_time 0", { auth_time: 0 }],
] as const)
  test(`an ID token ${title} confirms nobody`, proves("6.8.4", "7.5.3"), async ({ stage }) => {
    const { member, subject } = await oldMember(stage);
    const cookie = member.sessionCookie;
    const callback = stage.peer.authorize(await startConfirmation(member), { subject, idToken });
    const answer = await member.get(callback);
    expect(answer.location).toBe(`/confirm?returnTo=%2Fsettings%2Fsessions&notice=confirmed_too_long_ago`);
    expect(member.sessionCookie).toBe(cookie);
    expect(await isConfirmed(member)).toBe(false);
  });

test(
  "another person of the same provider confirms nobody, and keeps no tokens here",
  proves("6.8.4", "7.5.3"),
  async ({ stage }) => {
    const { member } = await oldMember(stage);
    const before = await stage.rows.counts();
    const revoked = stage.peer.requests.filter(({ endpoint }) => endpoint === "revoke").length;
    const answer = await member.get(stage.peer.authorize(await startConfirmation(member)));
    expect(answer.location).toMatch(/notice=confirmed_as_another$/);
    expect(await isConfirmed(member)).toBe(false);
    expect(await stage.rows.counts()).toEqual(before);
    await expect
      .poll(() => stage.peer.requests.filter(({ endpoint }) => endpoint === "revoke").length)
      .toBe(revoked + 1);
  },
);

test(
  "a confirmation gives the session a new cookie, ends the old one and keeps the grant",
  proves("7.2.4"),
  async ({ stage }) => {
    const { member, subject } = await oldMember(stage);
    const before = await stage.rows.counts();
    const thief = member.copy();
    const answer = await member.get(stage.peer.authorize(await startConfirmation(member), { subject }));
    expect(answer.location).toBe(page);
    expect(await isConfirmed(member)).toBe(true);
    expect(await stage.rows.counts()).toEqual(before);
    expect((await thief.get("/api/me")).status).toBe(401);
    stage.api.answer = { body: { text: "still connected" } };
    expect((await member.get("/protected")).text).toContain("still connected");
  },
);

test(
  "the confirmation of one session does not count for another in the same browser",
  proves("7.5.3"),
  async ({ stage }) => {
    const { member, subject } = await oldMember(stage);
    const callback = stage.peer.authorize(await startConfirmation(member), { subject });
    const other = await signedInVisitor(stage.url, stage.peer, { subject });
    await age(stage);
    member.cookies.set("gatehouse.session", other.sessionCookie ?? "");
    expect((await member.get(callback)).location).toMatch(/^\/login\?/);
    expect(await isConfirmed(member)).toBe(false);
  },
);

test("a confirmation's cookies belong to its own transaction", proves("10.1.2"), async ({ stage }) => {
  const { member, subject } = await oldMember(stage);
  await startConfirmation(member);
  const purpose = [...member.cookies].find(([name]) => name.startsWith("gatehouse.oidc.purpose"))!;
  const request = continuation(await pressProviderButton(member, { intent: "sign-in" }));
  const state = [...member.cookies.keys()].findLast((name) => name.startsWith("gatehouse.oidc.state"))!;
  member.cookies.set(state.replace(".state", ".purpose"), purpose[1]);
  const answer = await member.get(stage.peer.authorize(request, { subject }));
  expect(answer.location).toMatch(/code=transaction_lost/);
});

test("nobody who is signed out confirms anything", proves("7.5.3"), async ({ visitor }) => {
  const answer = await pressProviderButton(visitor, { intent: "confirm", returnTo: page });
  expect(answer.location).toMatch(/^\/login\?/);
  expect((await visitor.get("/confirm")).location).toMatch(/^\/login\?/);
});

test(
  "guesses at the confirmation are kept as failed sign-ins",
  proves("6.3.1"),
  async ({ stage, visitor }) => {
    const person = stranger();
    await signUpLocally(visitor, person);
    await age(stage);
    const cookie = visitor.sessionCookie;
    const answer = await submitAction(visitor, "/confirm", 'name="password"', { password: "a guess" });
    expect(answer.text).toContain("That is not your password");
    expect(answer.text).not.toContain("a guess");
    expect(visitor.sessionCookie).toBe(cookie);
    const failed = await stage.rows.sql`
    select 1 from audit_events e join users u on u.id = e.subject_id
    where u.username = ${person.username} and e.event = 'authn_login_fail'`;
    expect(failed).toHaveLength(1);
  },
);

test("a confirmation leads to no other site", proves("3.7.2"), async ({ stage, visitor }) => {
  const person = stranger();
  await signUpLocally(visitor, person);
  for (const returnTo of ["https://evil.example/", "//evil.example", "/\\evil.example", "/auth/error"]) {
    await age(stage);
    const path = `/confirm?returnTo=${encodeURIComponent(returnTo)}`;
    const answer = await submitAction(visitor, path, 'name="password"', {
      password: person.password,
      returnTo,
    });
    expect(answer.location).toBe("/profile");
  }
});

test("a stolen old session ends no session of its owner", proves("7.5.2"), async ({ stage, visitor }) => {
  const person = stranger();
  await signUpLocally(visitor, person);
  const owner = new Visitor(stage.url);
  await submitAction(owner, "/login", 'name="identifier"', {
    identifier: person.username,
    password: person.password,
  });
  await stage.rows.sql`update sessions set confirmed_at = null`;
  const thief = visitor.copy();
  const answer = await submitAction(thief, page, "End all other sessions", {});
  expect(answer.location).toBe(`/confirm?returnTo=%2Fsettings%2Fsessions`);
  expect((await owner.get("/api/me")).status).toBe(200);
});
