import { continuation, endOf } from "../attacks/support/oidc";
import { signOut } from "../attacks/support/forms";
import { expect, proves, test } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";

test(
  "a sign-out everywhere goes to the provider with the proof of who leaves, and comes back",
  proves("oidcc-client-test-rp-init-logout", "7.4.1"),
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
    // The state counts once.
    const again = await endOf(member, await member.get(`/auth/signed-out?state=${state}`));
    expect(again).toMatchObject({ kind: "refused", code: "sign_out_state_mismatch", status: 400 });
  },
);

for (const [title, query, name] of [
  ["another state", "?state=made-up-by-somebody-else-entirely-and-long", "other-state"],
  ["no state", "", "no-state"],
  ["an empty state", "?state=", "no-state"],
] as const)
  test(
    `a return from the provider with ${title} is told apart`,
    proves(`oidcc-client-test-rp-init-logout-${name}`),
    async ({ member }) => {
      await signOut(member, "everywhere");
      const end = await endOf(member, await member.get(`/auth/signed-out${query}`));
      expect(end).toMatchObject({ kind: "refused", code: "sign_out_state_mismatch", status: 400 });
    },
  );

test("a return from the provider signs nobody out", proves("3.5.3"), async ({ stage, member }) => {
  const other = new Visitor(stage.url, member.cookies);
  await other.get("/auth/signed-out?state=x");
  expect((await member.get("/api/me")).status).toBe(200);
});

test("a sign-out here leaves the provider's session alone", async ({ stage, member }) => {
  const asked = () => stage.peer.requests.filter(({ endpoint }) => endpoint === "logout").length;
  const before = asked();
  expect((await signOut(member, "here")).location).toBe("/");
  expect(asked()).toBe(before);
});

test("signing out twice, or without a session, is no error", async ({ stage, member }) => {
  const other = member.copy();
  const answers = await Promise.all([signOut(member), signOut(other)]);
  for (const { status, location } of answers) expect([status, location]).toEqual([303, "/"]);
  expect((await signOut(new Visitor(stage.url))).location).toBe("/");
  const forged = new Visitor(stage.url, new Map([["gatehouse.session", "forged"]]));
  expect((await signOut(forged)).location).toBe("/");
});
