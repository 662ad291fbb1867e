import { approvedCallback, beginSignIn, signInAtPeer, visitCallback } from "../attacks/support/oidc";
import { expectRefused } from "../attacks/support/refusals";
import { expect, test } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";
import { conforms, refusal, saw } from "../conformance/conforms";

const callback = "/api/auth/callback/oidc";

test(
  "an answer in another person's browser signs nobody in",
  conforms({
    lines: ["rfc9700:state-bound-to-browser"],
    expected: refusal("transaction_lost"),
    asvs: ["10.1.2", "10.2.1"],
  }),
  async ({ stage, visitor }) => {
    const address = await approvedCallback(visitor, stage.peer);
    const victim = new Visitor(stage.url);
    await expectRefused(stage, victim, () => visitCallback(victim, address), "transaction_lost");
    await beginSignIn(victim);
    await expectRefused(stage, victim, () => visitCallback(victim, address), "transaction_lost");
    expect(
      stage.peer.requests.some(({ parameters }) => address.includes(parameters.get("code") ?? "none")),
    ).toBe(false);
  },
);

test(
  "a code under another sign-in's state signs nobody in: the verifier is not its own",
  conforms({
    lines: ["rfc9700:pkce-s256"],
    expected: refusal("provider_refused"),
    asvs: ["10.2.1"],
  }),
  async ({ stage, visitor }) => {
    const attacker = new URL(await approvedCallback(new Visitor(stage.url), stage.peer));
    const own = new URL(await approvedCallback(visitor, stage.peer));
    own.searchParams.set("code", attacker.searchParams.get("code") ?? "");
    await expectRefused(stage, visitor, () => visitCallback(visitor, own.href), "provider_refused");
  },
);

test(
  "a callback counts once, however often it comes: neither its state nor its code is good again",
  conforms({
    lines: ["rfc9700:pkce-once"],
    expected: `signed in once; again ${refusal("transaction_lost")}; with the cookies of before ${refusal("provider_refused")}`,
    asvs: ["2.3.1"],
  }),
  async ({ stage, visitor }) => {
    const address = await approvedCallback(visitor, stage.peer);
    const early = visitor.copy();
    const before = await stage.rows.counts();
    expect(await visitCallback(visitor, address)).toMatchObject({ kind: "signed-in" });
    saw("signed in once");
    const again = await visitor.get(address);
    expect(again.location).toContain("code=transaction_lost");
    saw("again 400 `transaction_lost`, nothing written");
    expect((await visitor.get("/profile")).status).toBe(200);
    // The cookies of before, as a thief of the whole request has them: the code is spent.
    await expectRefused(stage, early, () => visitCallback(early, address), "provider_refused");
    expect((await stage.rows.counts()).sessions).toBe(before.sessions + 1);
  },
);

test(
  "a callback sent twice at once signs in once",
  conforms({ expected: "one signed in, one refused; one session" }),
  async ({ stage, visitor }) => {
    const address = await approvedCallback(visitor, stage.peer);
    const before = await stage.rows.counts();
    const ends = await Promise.all(
      [visitor.copy(), visitor.copy()].map((browser) => visitCallback(browser, address)),
    );
    expect(ends.map(({ kind }) => kind).sort()).toEqual(["refused", "signed-in"]);
    expect((await stage.rows.counts()).sessions).toBe(before.sessions + 1);
    saw("one signed in, one refused; one session");
  },
);

for (const [title, query, code] of [
  ["without anything, as after an answer in the fragment", "", "invalid_request"],
  ["without a state", "?code=c", "invalid_request"],
  ["with an empty state", "?code=c&state=", "transaction_lost"],
  ["with two states", "?code=c&state=a&state=b", "invalid_request"],
  ["with a state that nobody made", "?code=c&state=made-up", "transaction_lost"],
  ["with a state of 8 kB", `?code=c&state=${"s".repeat(8_000)}`, "transaction_lost"],
  ["with an error and no state", "?error=server_error", "invalid_request"],
] as const)
  test(
    `a callback ${title} is refused`,
    conforms({ expected: refusal(code), asvs: ["10.1.2"] }),
    async ({ stage, visitor }) => {
      await expectRefused(stage, visitor, () => visitCallback(visitor, callback + query), code);
    },
  );

test(
  "a callback of a provider that is not configured is refused",
  conforms({
    lines: ["rfc9700:callback-per-provider"],
    expected: refusal("provider_not_configured"),
  }),
  async ({ stage, visitor }) => {
    const { search } = new URL(await approvedCallback(visitor, stage.peer));
    const elsewhere = `/api/auth/callback/other${search}`;
    await expectRefused(stage, visitor, () => visitCallback(visitor, elsewhere), "provider_not_configured");
  },
);

test(
  "sign-ins that are begun and left do not pile up cookies",
  conforms({ notes: [29], expected: "at most four sets of cookies, below 8 kB, and a sign-in works" }),
  async ({ stage, visitor }) => {
    for (let started = 0; started < 12; started += 1) await beginSignIn(visitor);
    const header = visitor.cookieHeader();
    expect(header.length).toBeLessThan(8_192);
    const transactions = new Set([...visitor.cookies.keys()].map((name) => name.split(".t").at(-1)));
    expect(transactions.size).toBeLessThanOrEqual(4);
    expect((await visitor.get("/login")).status).toBe(200);
    expect(await signInAtPeer(visitor, stage.peer)).toMatchObject({ kind: "signed-in" });
    saw("at most four sets of cookies, below 8 kB, and a sign-in works");
  },
);

test(
  "two sign-ins under way in one browser both end well",
  conforms({ notes: [17], expected: "both signed in, each to its own page" }),
  async ({ stage, visitor }) => {
    const first = await approvedCallback(visitor, stage.peer, {}, { returnTo: "/protected" });
    const second = await approvedCallback(visitor, stage.peer, {}, { returnTo: "/public" });
    expect(await visitCallback(visitor, first)).toEqual({ kind: "signed-in", location: "/protected" });
    expect(await visitCallback(visitor, second)).toEqual({ kind: "signed-in", location: "/public" });
    saw("both signed in, each to its own page");
  },
);

test(
  "parameters of the start cannot change client, redirect, scope or checks",
  conforms({
    lines: ["rfc9700:redirect-uri-exact", "rfc9700:no-implicit-no-password"],
    expected: "an authorization request as configured, with response_type code",
    asvs: ["10.2.1"],
    notes: [8],
  }),
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
    saw("an authorization request as configured, with response_type code");
  },
);
