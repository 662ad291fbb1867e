import { continuation, endOf, signedInVisitor } from "../attacks/support/oidc";
import { signOut } from "../attacks/support/forms";
import { expect, test } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";
import { conforms, saw } from "../conformance/conforms";

test(
  "a sign-out everywhere goes to the provider with the proof of who leaves, and comes back",
  conforms({
    lines: ["oidcc-client-test-rp-init-logout"],
    expected:
      "client_id, post_logout_redirect_uri, id_token_hint and state; then the home page; the state counts once",
    asvs: ["7.4.1"],
    notes: [34],
  }),
  async ({ stage, member }) => {
    const request = new URL(continuation(await signOut(member, "everywhere")));
    expect(member.sessionCookie).toBeUndefined();
    expect(request.origin + request.pathname).toBe(`${stage.peer.issuer}/logout`);
    const sent = request.searchParams;
    expect(sent.get("client_id")).toBe("gatehouse");
    expect(sent.get("post_logout_redirect_uri")).toBe(`${stage.url}/auth/signed-out`);
    expect(sent.get("id_token_hint")?.split(".")).toHaveLength(3);
    const state = sent.get("state") ?? "";
    expect(state.length).toBeGreaterThanOrEqual(32);
    expect((await member.get(`/auth/signed-out?state=${state}`)).location).toBe("/");
    const again = await endOf(member, await member.get(`/auth/signed-out?state=${state}`));
    expect(again).toMatchObject({ kind: "refused", code: "sign_out_state_mismatch", status: 400 });
    saw(
      "client_id, post_logout_redirect_uri, id_token_hint and state; then the home page; the state counts once",
    );
  },
);

const unmatched = "400 `sign_out_state_mismatch`, signed out here";

for (const [title, query, line] of [
  ["another state", "?state=made-up-by-somebody-else-entirely-and-long", "other-state"],
  ["no state", "", "no-state"],
  ["an empty state", "?state=", "no-state"],
  ["a state beyond ASCII", "?state=%C5%BE%F0%9F%98%80%00", "other-state"],
] as const)
  test(
    `a return from the provider with ${title} is told apart`,
    conforms({ lines: [`oidcc-client-test-rp-init-logout-${line}`], expected: unmatched }),
    async ({ member }) => {
      await signOut(member, "everywhere");
      const end = await endOf(member, await member.get(`/auth/signed-out${query}`));
      expect(end).toMatchObject({ kind: "refused", code: "sign_out_state_mismatch", status: 400 });
      expect(member.sessionCookie).toBeUndefined();
      saw(unmatched);
    },
  );

test(
  "a return from the provider signs nobody out",
  conforms({ expected: "the session lives", asvs: ["3.5.3"] }),
  async ({ stage, member }) => {
    const other = new Visitor(stage.url, member.cookies);
    await other.get("/auth/signed-out?state=x");
    expect((await member.get("/api/me")).status).toBe(200);
    saw("the session lives");
  },
);

test(
  "a sign-out here leaves the provider's session alone, and the refresh token is revoked all the same",
  conforms({
    lines: ["rfc9700:refresh-revoked"],
    expected: "home; nothing asked of the end session endpoint; one revocation",
    notes: [34],
  }),
  async ({ stage, member }) => {
    const asked = (name: string) => stage.peer.requests.filter(({ endpoint }) => endpoint === name);
    const before = asked("logout").length;
    const revoked = asked("revoke").length;
    expect((await signOut(member, "here")).location).toBe("/");
    expect(asked("logout").length).toBe(before);
    await expect.poll(() => asked("revoke").length).toBe(revoked + 1);
    const { parameters } = asked("revoke").at(-1)!;
    expect(parameters.get("token")).toMatch(/^refresh-/);
    expect(parameters.get("token_type_hint")).toBe("refresh_token");
    saw("home; nothing asked of the end session endpoint; one revocation");
  },
);

test(
  "signing out twice, or without a session, is no error",
  conforms({ expected: "home each time" }),
  async ({ stage, member }) => {
    const other = member.copy();
    const answers = await Promise.all([signOut(member), signOut(other)]);
    for (const { status, location } of answers) expect([status, location]).toEqual([303, "/"]);
    expect((await signOut(new Visitor(stage.url))).location).toBe("/");
    const forged = new Visitor(stage.url, new Map([["gatehouse.session", "forged"]]));
    expect((await signOut(forged)).location).toBe("/");
    saw("home each time");
  },
);

test(
  "an ID token too long for an address is left out of it",
  conforms({ expected: "an address of less than 2 kB, without id_token_hint" }),
  async ({ stage }) => {
    const idToken = { name: "x".repeat(60_000) };
    const person = await signedInVisitor(stage.url, stage.peer, { idToken });
    const location = continuation(await signOut(person, "everywhere"));
    expect(location.length).toBeLessThan(2_048);
    expect(new URL(location).searchParams.has("id_token_hint")).toBe(false);
    saw("an address of less than 2 kB, without id_token_hint");
  },
);
