import type { OutcomeCode } from "../../lib/shared/outcomes";
import type { Scenario } from "../peers/provider/scenario";
import { signInAtPeer } from "../attacks/support/oidc";
import { expectRefusal } from "../attacks/support/refusals";
import { expect, proves, test } from "../attacks/support/test";

const invalid = { code: "userinfo_invalid", status: 400 } as const;
const broken = { code: "provider_answer_invalid", status: 400 } as const;
const down = { code: "provider_unavailable", status: 502 } as const;
const late = { code: "provider_timeout", status: 504 } as const;

const refusals: readonly (readonly [string, Scenario, { code: OutcomeCode; status: number }, ...string[]])[] =
  [
    [
      "another subject",
      { userinfo: { sub: "somebody-else" } },
      invalid,
      "oidcc-client-test-userinfo-invalid-sub",
    ],
    ["no subject", { userinfo: { sub: undefined } }, invalid],
    ["a subject that is a number", { userinfo: { sub: 7 } }, invalid],
    ["a signed answer for another subject", { signedUserinfo: "right", userinfo: { sub: "x" } }, invalid],
    ["a signed answer with a spoilt signature", { signedUserinfo: "flipped" }, invalid, "9.1.1"],
    ["a signed answer with alg none", { signedUserinfo: "none" }, invalid, "9.1.2"],
    ["a signed answer by a stranger", { signedUserinfo: "stranger" }, invalid],
    ["a signed answer for another client", { signedUserinfo: "right", userinfo: { aud: "other" } }, invalid],
    [
      "a signed answer of another issuer",
      { signedUserinfo: "right", userinfo: { iss: "https://x.example" } },
      invalid,
    ],
    ["a list", { answers: { userinfo: { body: ["sub"] } } }, invalid],
    ["HTML", { answers: { userinfo: "html" } }, invalid],
    ["half of an answer", { answers: { userinfo: "garbage" } }, invalid],
    ["nothing", { answers: { userinfo: "empty" } }, invalid],
    ["401", { answers: { userinfo: { status: 401, body: {} } } }, invalid],
    ["500", { answers: { userinfo: "server_error" } }, down],
    ["a closed connection", { answers: { userinfo: "close" } }, down],
    ["64 MB", { answers: { userinfo: "huge" } }, broken],
    [
      "a way to another site",
      {
        answers: {
          userinfo: { status: 302, headers: { location: "http://127.0.0.1:9/userinfo" }, body: "" },
        },
      },
      broken,
    ],
  ];

for (const [title, scenario, expected, ...proved] of refusals)
  test(`UserInfo that answers ${title} signs nobody in`, proves(...proved), async ({ stage, visitor }) => {
    await expectRefusal(stage, visitor, scenario, expected);
  });

test(
  "UserInfo that never answers, or never ends, is given up after 5 seconds",
  proves("note 5"),
  async ({ stage, visitor }) => {
    const started = performance.now();
    await Promise.all([
      expectRefusalAlone({ answers: { userinfo: "hang" } }),
      expectRefusalAlone({ answers: { userinfo: "stall" } }),
    ]);
    expect(performance.now() - started).toBeLessThan(10_000);

    async function expectRefusalAlone(scenario: Scenario): Promise<void> {
      const end = await signInAtPeer(visitor.copy(), stage.peer, scenario);
      expect(end).toMatchObject({ kind: "refused", ...late });
    }
  },
);

test("64 MB of UserInfo are not read", proves("note 5"), async ({ stage, visitor }) => {
  await signInAtPeer(visitor, stage.peer, { answers: { userinfo: "huge" } });
  const request = stage.peer.requests.findLast(({ endpoint }) => endpoint === "userinfo");
  await expect.poll(() => request?.sentBytes).toBeGreaterThan(0);
  expect(request?.sentBytes).toBeLessThan(16 * 1024 * 1024);
});

test(
  "claims of UserInfo reach the profile and the access token goes there in a header",
  proves("oidcc-client-test-scope-userinfo-claims", "14.2.1"),
  async ({ stage, visitor }) => {
    await signInAtPeer(visitor, stage.peer, { userinfo: { name: "Katherine of Userinfo", locale: "en" } });
    expect((await visitor.get("/profile")).text).toContain("Katherine of Userinfo");
    const request = stage.peer.requests.findLast(({ endpoint }) => endpoint === "userinfo");
    expect(request?.headers["authorization"]).toMatch(/^Bearer access-/);
    expect(request?.parameters.size).toBe(0);
  },
);

test(
  "signed UserInfo counts once its signature is verified",
  proves("oidcc-client-test-userinfo-signed"),
  async ({ stage, visitor }) => {
    await signInAtPeer(visitor, stage.peer, { signedUserinfo: "right", userinfo: { name: "Signed Person" } });
    expect((await visitor.get("/profile")).text).toContain("Signed Person");
  },
);

test("UserInfo cannot speak over the ID token", async ({ stage, visitor }) => {
  const scenario = { idToken: { name: "Of the ID token" }, userinfo: { name: "Of UserInfo" } };
  await signInAtPeer(visitor, stage.peer, scenario);
  const { text } = await visitor.get("/profile");
  expect(text).toContain("Of the ID token");
  expect(text).not.toContain("Of UserInfo");
});
