import { approvedCallback, beginSignIn, continuation, visitCallback } from "./support/oidc";
import { expect, proves, test } from "./support/test";
import { Visitor } from "./support/visitor";

/** What is left of a browser's cookies when a login took longer than the sign-in lives. */
function outlive(visitor: Visitor): void {
  for (const name of [...visitor.cookies.keys()])
    if (/\.oidc\.(state|nonce|pkce|return)\./.test(name)) visitor.cookies.delete(name);
}

const queryOf = (address: string) => new URL(address).searchParams;

test(
  "a sign-in that took too long begins anew by itself and ends where it was to lead",
  proves("10.2.1"),
  async ({ stage, visitor }) => {
    const returnTo = "/protected?colour=blue";
    const late = await approvedCallback(visitor, stage.peer, {}, { returnTo, max_age: "60" });
    outlive(visitor);
    const answer = await visitor.get(late);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const anew = continuation(answer);
    expect(queryOf(anew).get("state")).not.toBe(queryOf(late).get("state"));
    expect(queryOf(anew).get("nonce")).not.toBe("");
    expect(queryOf(anew).get("max_age")).toBe("60");
    const code = queryOf(late).get("code") ?? "none";
    expect(stage.peer.requests.some(({ parameters }) => parameters.get("code") === code)).toBe(false);
    expect(await visitCallback(visitor, stage.peer.authorize(anew))).toEqual({
      kind: "signed-in",
      location: returnTo,
    });
  },
);

test("it begins anew once, then explains and keeps the way back", async ({ stage, visitor }) => {
  const late = await approvedCallback(visitor, stage.peer, {}, { returnTo: "/protected" });
  outlive(visitor);
  const anew = continuation(await visitor.get(late));
  outlive(visitor);
  const end = await visitCallback(visitor, stage.peer.authorize(anew));
  expect(end).toMatchObject({ kind: "refused", code: "transaction_lost", status: 400 });
  if (end.kind === "refused") expect(end.page).toContain("/login?returnTo=%2Fprotected");
});

test("the same late answer begins nothing a second time", async ({ stage, visitor }) => {
  const late = await approvedCallback(visitor, stage.peer);
  outlive(visitor);
  continuation(await visitor.get(late));
  expect(await visitCallback(visitor, late)).toMatchObject({ kind: "refused", code: "transaction_lost" });
});

test(
  "an answer to a stranger's sign-in begins nothing in a browser that began its own",
  proves("10.1.2"),
  async ({ stage, visitor: victim }) => {
    await beginSignIn(victim);
    outlive(victim);
    const attacker = new Visitor(stage.url);
    const planted = await approvedCallback(attacker, stage.peer, {}, { returnTo: "/admin" });
    const end = await visitCallback(victim, planted);
    expect(end).toMatchObject({ kind: "refused", code: "transaction_lost", status: 400 });
    if (end.kind === "refused") expect(end.page).not.toContain("%2Fadmin");
  },
);

test(
  "a planted proof of a beginning signs nobody in as the attacker",
  proves("10.1.2"),
  async ({ stage, visitor: victim }) => {
    const attacker = new Visitor(stage.url);
    const planted = await approvedCallback(attacker, stage.peer, { subject: "the-attacker" });
    for (const [name, value] of attacker.cookies)
      if (name.includes(".began.")) victim.cookies.set(name, value);
    // A new request of the victim's own: what the attacker's answer says is not looked at.
    const anew = continuation(await victim.get(planted));
    const end = await visitCallback(victim, stage.peer.authorize(anew, { subject: "the-victim" }));
    expect(end).toMatchObject({ kind: "signed-in" });
    const [row] = await stage.rows.sql<{ subject: string }[]>`
      select subject from sessions order by created_at desc limit 1`;
    expect(row?.subject).toBe("the-victim");
  },
);

for (const [title, change] of [
  ["of another issuer", { iss: "https://other.example" }],
  ["with an error", { error: "server_error" }],
] as const)
  test(`a late answer ${title} begins nothing`, async ({ stage, visitor }) => {
    const late = new URL(await approvedCallback(visitor, stage.peer));
    for (const [name, value] of Object.entries(change)) late.searchParams.set(name, value);
    outlive(visitor);
    expect(await visitCallback(visitor, late.href)).toMatchObject({ kind: "refused" });
  });

test("somebody who cancels late comes back to the login, on the way they were", async ({
  stage,
  visitor,
}) => {
  const late = await approvedCallback(
    visitor,
    stage.peer,
    { response: { code: undefined, error: "access_denied" } },
    { returnTo: "/protected" },
  );
  outlive(visitor);
  expect((await visitor.get(late)).location).toBe("/login?notice=cancelled&returnTo=%2Fprotected");
});

test("a changed proof of a beginning begins nothing", async ({ stage, visitor }) => {
  const late = await approvedCallback(visitor, stage.peer);
  outlive(visitor);
  for (const [name, value] of visitor.cookies)
    if (name.includes(".began.")) visitor.cookies.set(name, value.replace(/^../, "AA"));
  expect(await visitCallback(visitor, late)).toMatchObject({ kind: "refused", code: "transaction_lost" });
});
