import { createHash } from "node:crypto";
import { logIn, signOut, signUpLocally } from "../attacks/support/forms";
import { approvedCallback, beginSignIn, signInAtPeer, signedInVisitor } from "../attacks/support/oidc";
import { secretsIn } from "../attacks/support/refusals";
import { expect, stranger, test } from "../attacks/support/test";
import { rawRequest, Visitor } from "../attacks/support/visitor";
import { conforms, saw } from "../conformance/conforms";

test(
  "each sign-in has a challenge, state and nonce of its own, and sends the verifier of that challenge once",
  conforms({
    lines: ["rfc9700:pkce-s256", "rfc9700:pkce-once", "rfc9700:nonce-one-transaction"],
    expected: "S256; no value twice; one exchange with the verifier of its challenge",
    asvs: ["10.2.1"],
    notes: [1],
  }),
  async ({ stage, visitor }) => {
    const locations = await Promise.all([1, 2, 3].map(() => beginSignIn(visitor.copy())));
    for (const name of ["state", "nonce", "code_challenge"]) {
      const values = locations.map((location) => new URL(location).searchParams.get(name));
      expect(new Set(values).size, name).toBe(3);
    }
    const location = await beginSignIn(visitor);
    const sent = new URL(location).searchParams;
    expect(sent.get("code_challenge_method")).toBe("S256");
    const asked = stage.peer.requests.length;
    await visitor.get(stage.peer.authorize(location));
    const exchanges = stage.peer.requests.slice(asked).filter(({ endpoint }) => endpoint === "token");
    expect(exchanges).toHaveLength(1);
    const verifier = exchanges[0]?.parameters.get("code_verifier") ?? "";
    expect(createHash("sha256").update(verifier).digest("base64url")).toBe(sent.get("code_challenge"));
    saw("S256; no value twice; one exchange with the verifier of its challenge");
  },
);

test(
  "only the code flow is asked for, at one constant address, whatever the browser or a proxy says",
  conforms({
    lines: [
      "rfc9700:redirect-uri-exact",
      "rfc9700:no-implicit-no-password",
      "rfc9700:forwarded-headers",
      "rfc9700:callback-per-provider",
    ],
    expected:
      "response_type code; the configured redirect_uri, which names the provider; grants of codes and refreshes",
  }),
  async ({ stage }) => {
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example;proto=https",
    };
    const answer = await new Visitor(stage.url).post("/auth/oidc/oidc", { intent: "sign-in" }, headers);
    expect(answer.text).not.toContain("evil.example");
    const location = /<a href="([^"]+)">Continue<\/a>/.exec(answer.text)?.[1]?.replaceAll("&#38;", "&") ?? "";
    const sent = new URL(location).searchParams;
    expect(sent.get("response_type")).toBe("code");
    expect(sent.get("redirect_uri")).toBe(`${stage.url}/api/auth/callback/oidc`);
    const grants = stage.peer.requests
      .filter(({ endpoint }) => endpoint === "token")
      .map(({ parameters }) => parameters.get("grant_type") ?? "none");
    expect(grants.filter((grant) => !["authorization_code", "refresh_token"].includes(grant))).toEqual([]);
    saw(
      "response_type code; the configured redirect_uri, which names the provider; grants of codes and refreshes",
    );
  },
);

test(
  "no return path leads out of the application",
  conforms({
    lines: ["rfc9700:no-open-redirector"],
    expected: "the profile in place of every foreign address",
  }),
  async ({ stage }) => {
    for (const returnTo of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
    ]) {
      const end = await signInAtPeer(new Visitor(stage.url), stage.peer, {}, { returnTo });
      expect(end, returnTo).toEqual({ kind: "signed-in", location: "/profile" });
    }
    saw("the profile in place of every foreign address");
  },
);

test(
  "a form with a password is answered with 303, so that no browser sends it on",
  conforms({ lines: ["rfc9700:303"], expected: "303 from login, sign-up, callback and sign-out" }),
  async ({ stage, visitor }) => {
    const person = stranger();
    await signUpLocally(visitor, person);
    expect((await signOut(visitor)).status).toBe(303);
    expect((await logIn(new Visitor(stage.url), person)).status).toBe(303);
    const other = new Visitor(stage.url);
    expect((await other.get(await approvedCallback(other, stage.peer))).status).toBe(303);
    saw("303 from login, sign-up, callback and sign-out");
  },
);

test(
  "no code and no token is in the log, in what the browser holds, or in a Referer",
  conforms({
    lines: ["rfc9700:nothing-in-logs", "rfc9700:refresh-confidential"],
    expected: "none found; Referrer-Policy keeps addresses within the site",
    asvs: ["14.2.1", "16.2.5"],
  }),
  async ({ stage, visitor }) => {
    const address = await approvedCallback(visitor, stage.peer);
    const answer = await visitor.get(address);
    expect(answer.headers.get("referrer-policy")).toMatch(
      /^(no-referrer|same-origin|strict-origin-when-cross-origin)$/,
    );
    expect(answer.headers.get("cache-control")).toContain("no-store");
    const pages = await Promise.all(
      ["/profile", "/profile/api-access", "/protected", "/settings/sessions", "/api/me"].map((path) =>
        visitor.get(path),
      ),
    );
    for (const { text } of pages) expect(secretsIn(stage, text)).toEqual([]);
    expect(secretsIn(stage, visitor.cookieHeader())).toEqual([]);
    expect(secretsIn(stage, stage.log())).toEqual([]);
    const [row] = await stage.rows.sql<
      { text: string }[]
    >`select string_agg(t::text, ' ') as text from provider_tokens t`;
    expect(row!.text).not.toMatch(/refresh-|access-[\w-]{32}/);
    saw("none found; Referrer-Policy keeps addresses within the site");
  },
);

test(
  "the refresh token is revoked when a person signs out, here or everywhere",
  conforms({
    lines: ["rfc9700:refresh-revoked"],
    expected: "one revocation each, authenticated as the client",
    notes: [15, 34],
  }),
  async ({ stage }) => {
    const revocations = () => stage.peer.requests.filter(({ endpoint }) => endpoint === "revoke");
    for (const scope of ["here", "everywhere"] as const) {
      const before = revocations().length;
      await signOut(await signedInVisitor(stage.url, stage.peer), scope);
      await expect.poll(() => revocations().length).toBe(before + 1);
      expect(revocations().at(-1)?.headers["authorization"]).toMatch(/^Basic /);
    }
    saw("one revocation each, authenticated as the client");
  },
);

test(
  "the access token goes to the configured addresses alone, in a header",
  conforms({
    lines: ["rfc9700:token-in-header"],
    expected: "Authorization to UserInfo and the API; none in an address",
    asvs: ["10.1.1"],
  }),
  async ({ stage, member }) => {
    expect((await member.get("/api/messages/protected")).status).toBe(200);
    const { authorization } = stage.api.requests.at(-1)!;
    expect(authorization).toMatch(/^Bearer access-/);
    for (const { parameters, endpoint } of stage.peer.requests)
      if (endpoint !== "revoke") expect(parameters.has("access_token"), endpoint).toBe(false);
    const answer = await rawRequest(stage.url, `/api/me?access_token=${authorization?.slice(7) ?? ""}`, {});
    expect(answer.status).toBe(401);
    saw("Authorization to UserInfo and the API; none in an address");
  },
);

test(
  "a suspended person's session and tokens are used no more",
  conforms({
    lines: ["rfc9700:suspension"],
    expected: "401; the API is not called",
    asvs: ["7.4.2"],
  }),
  async ({ stage }) => {
    const subject = stranger().username;
    const person = await signedInVisitor(stage.url, stage.peer, { subject });
    await stage.rows.sql`
      update users set status = 'suspended'
      where id = (select user_id from accounts where subject = ${subject})`;
    const before = stage.api.requests.length;
    expect((await person.get("/api/messages/protected")).status).toBe(401);
    expect((await person.get("/api/me")).status).toBe(401);
    expect(stage.api.requests.length).toBe(before);
    saw("401; the API is not called");
  },
);
