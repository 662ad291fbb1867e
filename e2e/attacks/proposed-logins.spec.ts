import { continuation, endOf, visitCallback } from "./support/oidc";
import { hiddenFields } from "./support/forms";
import { expect, proves, test } from "./support/test";
import { conforms, saw } from "../conformance/conforms";

const initiate = "/auth/initiate-login";
const fromElsewhere = { origin: "https://portal.example", "sec-fetch-site": "cross-site" };

for (const [title, send] of [
  ["GET", "get"],
  ["POST", "post"],
] as const)
  test(
    `a login that another site proposes by ${title} asks first, then signs in`,
    conforms({
      lines: ["oidcc-client-test-3rd-party-init-login"],
      expected: "a page asks; then signed in, at the page that was proposed",
      asvs: ["10.2.1"],
    }),
    async ({ stage, visitor }) => {
      const fields = {
        iss: stage.peer.issuer,
        login_hint: "ada@example.org",
        target_link_uri: `${stage.url}/protected?from=portal`,
      };
      const asked =
        send === "get"
          ? await visitor.get(`${initiate}?${new URLSearchParams(fields)}`, fromElsewhere)
          : await visitor.post(initiate, fields, fromElsewhere);
      expect(asked.status).toBe(303);
      expect(asked.headers.getSetCookie()).toEqual([]);
      const page = await visitor.get(asked.location ?? "");
      expect([page.status, page.location]).toEqual([200, null]);
      expect([...visitor.cookies.keys()], "nothing has begun").toEqual([]);
      expect(page.text).not.toMatch(/http-equiv="refresh"/);

      const started = await visitor.post("/auth/oidc/oidc", hiddenFields(page.text, "Continue with Peer"));
      const location = continuation(started);
      expect(new URL(location).searchParams.get("login_hint")).toBe("ada@example.org");
      expect(await visitCallback(visitor, stage.peer.authorize(location))).toEqual({
        kind: "signed-in",
        location: "/protected?from=portal",
      });
      saw("a page asks; then signed in, at the page that was proposed");
    },
  );

for (const [title, change, code] of [
  ["no issuer", { iss: "" }, "provider_not_configured"],
  ["an issuer that is not ours", { iss: "https://evil.example" }, "provider_not_configured"],
  ["our issuer and a slash", { iss: "SLASH" }, "provider_not_configured"],
] as const)
  test(`a proposed login with ${title} is refused`, proves("10.2.2"), async ({ stage, visitor }) => {
    const iss = change.iss === "SLASH" ? `${stage.peer.issuer}/` : change.iss;
    const end = await endOf(visitor, await visitor.get(`${initiate}?${new URLSearchParams({ iss })}`));
    expect(end).toMatchObject({ kind: "refused", code, status: 404 });
  });

for (const query of ["", "?iss=a&iss=b"])
  test(`a proposed login without one issuer (${query}) is refused`, async ({ visitor }) => {
    const end = await endOf(visitor, await visitor.get(initiate + query));
    expect(end).toMatchObject({ kind: "refused", code: "invalid_request", status: 400 });
  });

for (const target of [
  "https://evil.example/",
  "//evil.example",
  "http://localhost:3000.evil.example/",
  "javascript:alert(1)",
  "/auth/sign-out",
  "/api/me",
])
  test(
    `a proposed login does not lead to ${target}`,
    proves("3.7.2", "1.2.2"),
    async ({ stage, visitor }) => {
      const query = new URLSearchParams({ iss: stage.peer.issuer, target_link_uri: target });
      const { location } = await visitor.get(`${initiate}?${query}`);
      expect(location).toBe("/auth/proposed-login?provider=oidc");
    },
  );

test("a target that begins like our address and is another host leads nowhere", async ({
  stage,
  visitor,
}) => {
  for (const target of [
    `${stage.url}.evil.example/`,
    `${stage.url}@evil.example/`,
    `${stage.url}//evil.example`,
  ]) {
    const query = new URLSearchParams({ iss: stage.peer.issuer, target_link_uri: target });
    const { location } = await visitor.get(`${initiate}?${query}`);
    expect(location).toBe("/auth/proposed-login?provider=oidc");
  }
});

test(
  "the page that asks shows nothing of what the other site said, and keeps who is signed in",
  proves("1.2.1"),
  async ({ stage, member }) => {
    const query = new URLSearchParams({
      iss: stage.peer.issuer,
      login_hint: "<b>You won: call 555</b>",
      target_link_uri: `${stage.url}/protected`,
    });
    const { location } = await member.get(`${initiate}?${query}`, fromElsewhere);
    const page = await member.get(location ?? "");
    const seen = page.text.replace(/<script\b.*?<\/script>|<input\b[^>]*>/gs, "");
    expect(seen).not.toContain("You won");
    expect(page.text).toContain('href="/protected"');
    expect((await member.get("/api/me")).status).toBe(200);
  },
);

test("the page that asks about an unknown provider is a 404", async ({ visitor }) => {
  expect((await visitor.get("/auth/proposed-login?provider=none")).status).toBe(404);
});
