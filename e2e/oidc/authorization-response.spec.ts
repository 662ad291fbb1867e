import { approvedCallback, beginSignIn, signInAtPeer, visitCallback } from "../attacks/support/oidc";
import { expectLogged } from "../attacks/support/refusals";
import { expect, proves, test } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";

const callback = "/api/auth/callback/oidc";

test(
  "an answer in another person's browser signs nobody in",
  proves("10.1.2", "10.2.1"),
  async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const address = await approvedCallback(visitor, stage.peer);
    const victim = new Visitor(stage.url);
    expect(await visitCallback(victim, address)).toMatchObject({
      kind: "refused",
      code: "transaction_lost",
      status: 400,
    });
    await beginSignIn(victim);
    expect(await visitCallback(victim, address)).toMatchObject({
      kind: "refused",
      code: "transaction_lost",
      status: 400,
    });
    expect(await stage.rows.counts()).toEqual(before);
    expect(
      stage.peer.requests.some(({ parameters }) => address.includes(parameters.get("code") ?? "none")),
    ).toBe(false);
  },
);

test("a code under another sign-in's state signs nobody in", proves("10.2.1"), async ({ stage, visitor }) => {
  const attacker = new URL(await approvedCallback(new Visitor(stage.url), stage.peer));
  const own = new URL(await approvedCallback(visitor, stage.peer));
  own.searchParams.set("code", attacker.searchParams.get("code") ?? "");
  const end = await visitCallback(visitor, own.href);
  expect(end).toMatchObject({ kind: "refused", status: 400 });
  expect(visitor.sessionCookie).toBeUndefined();
});

test("a callback counts once, however often it comes", proves("2.3.1"), async ({ stage, visitor }) => {
  const address = await approvedCallback(visitor, stage.peer);
  const early = visitor.copy();
  const before = await stage.rows.counts();
  expect(await visitCallback(visitor, address)).toMatchObject({ kind: "signed-in" });
  const again = await visitor.get(address);
  expect(again.location).toContain("code=transaction_lost");
  expect((await visitor.get("/profile")).status).toBe(200);
  // The cookies of before, as a thief of the whole request has them: the code is spent.
  expect(await visitCallback(early, address)).toMatchObject({ kind: "refused", status: 400 });
  expect((await stage.rows.counts()).sessions).toBe(before.sessions + 1);
});

test("a callback sent twice at once signs in once", async ({ stage, visitor }) => {
  const address = await approvedCallback(visitor, stage.peer);
  const before = await stage.rows.counts();
  const ends = await Promise.all(
    [visitor.copy(), visitor.copy()].map((browser) => visitCallback(browser, address)),
  );
  expect(ends.map(({ kind }) => kind).sort()).toEqual(["refused", "signed-in"]);
  expect((await stage.rows.counts()).sessions).toBe(before.sessions + 1);
});

for (const [title, query, code] of [
  ["without anything", "", "invalid_request"],
  ["without a state", "?code=c", "invalid_request"],
  ["with two states", "?code=c&state=a&state=b", "invalid_request"],
  ["with a state that nobody made", "?code=c&state=made-up", "transaction_lost"],
  ["with an error and no state", "?error=server_error", "invalid_request"],
] as const)
  test(`a callback ${title} is refused`, proves("10.1.2"), async ({ visitor }) => {
    expect(await visitCallback(visitor, callback + query)).toMatchObject({
      kind: "refused",
      code,
      status: 400,
    });
  });

test("a callback by POST is not taken", proves("3.5.3", "4.1.4"), async ({ stage, visitor }) => {
  const { search } = new URL(await approvedCallback(visitor, stage.peer));
  expect((await visitor.post(callback + search, {})).status).toBe(405);
});

for (const [title, response, code] of [
  ["names another issuer", { iss: "https://other.example" }, "issuer_mismatch"],
  ["names an issuer that differs by a slash", { iss: "http://localhost/" }, "issuer_mismatch"],
  [
    "does not say its issuer although the provider promises to",
    { iss: undefined },
    "provider_answer_invalid",
  ],
] as const)
  test(`an answer that ${title} is refused`, proves("10.2.2"), async ({ stage, visitor }) => {
    const exchanged = () => stage.peer.requests.filter(({ endpoint }) => endpoint === "token").length;
    const before = exchanged();
    const end = await signInAtPeer(visitor, stage.peer, { response });
    expect(end).toMatchObject({ kind: "refused", code, status: 400 });
    expect(exchanged(), "exchanged codes").toBe(before);
    await expectLogged(stage, end);
  });

for (const [error, code, status] of [
  ["server_error", "provider_failed", 502],
  ["temporarily_unavailable", "provider_failed", 502],
  ["login_required", "provider_must_ask", 400],
  ["interaction_required", "provider_must_ask", 400],
  ["account_selection_required", "provider_must_ask", 400],
  ["consent_required", "provider_must_ask", 400],
  ["unmet_authentication_requirements", "provider_cannot_prove", 400],
  ["invalid_request", "provider_refused", 400],
  ["unauthorized_client", "provider_refused", 400],
  ["unsupported_response_type", "provider_refused", 400],
  ["invalid_scope", "provider_refused", 400],
  ["request_not_supported", "provider_refused", 400],
  ["made_up_by_this_provider", "provider_refused", 400],
  ["__proto__", "provider_refused", 400],
] as const)
  test(`the error ${error} of a provider ends on a page that helps`, async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const description = "<b>evil</b> secret-of-the-provider";
    const end = await signInAtPeer(visitor, stage.peer, {
      response: { code: undefined, error, error_description: description },
    });
    expect(end).toMatchObject({ kind: "refused", code, status });
    if (end.kind === "refused") expect(end.page).not.toContain("secret-of-the-provider");
    expect(await stage.rows.counts()).toEqual(before);
    await expectLogged(stage, end);
  });

test("a refused consent leads back to the login, quietly", async ({ stage, visitor }) => {
  const end = await signInAtPeer(visitor, stage.peer, {
    response: { code: undefined, error: "access_denied" },
  });
  expect(end).toMatchObject({
    kind: "elsewhere",
    answer: { status: 303, location: "/login?notice=cancelled" },
  });
});

test("an answer with a code and an error signs nobody in", async ({ stage, visitor }) => {
  const end = await signInAtPeer(visitor, stage.peer, { response: { error: "server_error" } });
  expect(end).toMatchObject({ kind: "refused", status: 502 });
  expect(visitor.sessionCookie).toBeUndefined();
});

test(
  "sign-ins that are begun and left do not pile up cookies",
  proves("note 29"),
  async ({ stage, visitor }) => {
    for (let started = 0; started < 12; started += 1) await beginSignIn(visitor);
    const header = visitor.cookieHeader();
    expect(header.length).toBeLessThan(8_192);
    const transactions = new Set([...visitor.cookies.keys()].map((name) => name.split(".t").at(-1)));
    expect(transactions.size).toBeLessThanOrEqual(4);
    expect((await visitor.get("/login")).status).toBe(200);
    expect(await signInAtPeer(visitor, stage.peer)).toMatchObject({ kind: "signed-in" });
  },
);

test("two sign-ins under way in one browser both end well", proves("note 17"), async ({ stage, visitor }) => {
  const first = await approvedCallback(visitor, stage.peer, {}, { returnTo: "/protected" });
  const second = await approvedCallback(visitor, stage.peer, {}, { returnTo: "/public" });
  expect(await visitCallback(visitor, first)).toEqual({ kind: "signed-in", location: "/protected" });
  expect(await visitCallback(visitor, second)).toEqual({ kind: "signed-in", location: "/public" });
});

test(
  "parameters of the start cannot change client, redirect, scope or checks",
  proves("note 8", "10.2.1"),
  async ({ stage, visitor }) => {
    const evil = {
      client_id: "evil",
      redirect_uri: "https://evil.example/callback",
      scope: "openid admin",
      response_type: "token",
      response_mode: "fragment",
      state: "s",
      nonce: "n",
      code_challenge: "c",
      code_challenge_method: "plain",
      callbackUrl: "https://evil.example",
      claims: '{"id_token":{"sub":null}}',
      request: "evil",
    };
    const query = new URLSearchParams(evil).toString();
    const answer = await visitor.post(`/auth/oidc/oidc?${query}`, { ...evil, intent: "sign-in" });
    const location = /<a href="([^"]+)">/.exec(answer.text)?.[1]?.replaceAll("&#38;", "&") ?? "";
    const sent = new URL(location).searchParams;
    expect(location).not.toContain("evil");
    for (const name of ["response_mode", "claims", "request"]) expect(sent.has(name), name).toBe(false);
    expect(await visitCallback(visitor, stage.peer.authorize(location))).toMatchObject({
      location: "/profile",
    });
  },
);
