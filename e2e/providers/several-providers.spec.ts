import { generateKeyPairSync } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, openAccountMenu, proves, test as base } from "../fixtures";
import { startElsewhere, type Elsewhere, type Quirks } from "./support/elsewhere";
import { logInThere, passwordIsAsked } from "./support/people";

const ourKey = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** Three providers that have as little in common as the standards allow. */
const main: Quirks = { id: "main", name: "Main ID" };
const acme: Quirks = {
  ...{ id: "acme-eu", name: "Acme", path: "/tenants/blue/oidc" },
  provider: {
    ...{ algorithms: ["ES256"], subjectType: "pairwise", accessTokenSeconds: 5 },
    ...{ pushedRequestsOnly: true, withoutEndSession: true },
  },
  client: { authMethod: "client_secret_post" },
  variables: { AUDIENCE: "urn:acme:api", ROLES_CLAIM: "roles", ROLES_MAP: "staff=admin" },
};
const keyed: Quirks = {
  ...{ id: "keyed", name: "Keyed ID" },
  provider: {
    ...{ algorithms: ["ES256", "RS256"], accessTokenSeconds: 5 },
    withheldClaims: ["name", "given_name", "family_name", "nickname", "preferred_username", "picture"],
  },
  client: {
    authMethod: "private_key_jwt",
    publicKey: { ...ourKey.publicKey.export({ format: "jwk" }), kid: "our-key" },
  },
  variables: {
    ...{ PRIVATE_KEY: JSON.stringify({ ...ourKey.privateKey.export({ format: "jwk" }), kid: "our-key" }) },
    ...{ PAR: "always", RESOURCE: "urn:keyed:api", SIGN_UP: "none", ID_TOKEN_ALG: "ES256" },
  },
};

const test = base.extend<object, { there: Elsewhere }>({
  there: [
    async ({ world }, provide) => {
      const there = await startElsewhere(world, [main, acme, keyed]);
      await provide(there);
      await there.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

test.describe.configure({ mode: "default", timeout: 60_000 });

async function logOutEverywhere(page: Page): Promise<void> {
  await (await openAccountMenu(page)).getByRole("button", { name: "Log out", exact: true }).click();
}

/** Has the access token taken for old and sees the next message come with another. */
async function expectRenewal(page: Page, there: Elsewhere): Promise<void> {
  const before = there.api.requests.at(-1)?.authorization;
  await there.rows
    .sql`update provider_tokens set expires_at = now() - interval '1 minute' where ended_at is null`;
  await page.goto(`${there.url}/protected`);
  await expect(page.getByText("The protected message.")).toBeVisible();
  expect(there.api.requests.at(-1)?.authorization).toMatch(/^Bearer eyJ/);
  expect(there.api.requests.at(-1)?.authorization).not.toBe(before);
}

/** The claims of the access token that the API got last. */
function lastToken({ api }: Elsewhere): Record<string, unknown> {
  const payload = api.requests.at(-1)?.authorization?.split(".")[1] ?? "";
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
}

test(
  "each provider has its button, in the order of the list, and a sign-up button where it has that screen",
  proves({ row: [1, 8], wcag: ["2.5.8"] }),
  async ({ page, there }) => {
    await page.goto(`${there.url}/login`);
    await expect(page.getByRole("button", { name: /^Continue with/ })).toHaveText([
      "Continue with Main ID",
      "Continue with Acme",
      "Continue with Keyed ID",
    ]);
    await expectAccessible(page);
    await page.goto(`${there.url}/sign-up`);
    await expect(page.getByRole("button", { name: /^Sign up with/ })).toHaveText([
      "Sign up with Main ID",
      "Sign up with Acme",
    ]);
  },
);

test(
  "the first of three providers: sign in, renew, sign out there as well",
  proves({ row: [1, 4, 7, 9] }),
  async ({ page, there }) => {
    await logInThere(page, there, "Main ID");
    await expectRenewal(page, there);
    expect(lastToken(there)["iss"]).toBe(there.issuers["Main ID"]);
    expect((await page.request.get(`${there.url}/admin`)).status(), "roles are another provider's").toBe(403);
    await logOutEverywhere(page);
    await page.waitForURL(`${there.url}/`);
    await passwordIsAsked(page, there, "Main ID");
  },
);

test(
  "the second: ES256, client_secret_post, pairwise subjects, a path, 5 second tokens, pushed requests, no way to sign out there",
  proves({ row: [1, 4, 7, 9, 12, 14], asvs: ["10.5.2", "10.5.3"] }),
  async ({ page, there }) => {
    const requested: string[] = [];
    page.on("request", (request) => requested.push(request.url()));
    await logInThere(page, there, "Acme");
    const [authorization] = requested.filter((url) =>
      url.startsWith(`${String(there.issuers["Acme"])}/auth?`),
    );
    expect([...new URL(authorization!).searchParams.keys()].sort()).toEqual(["client_id", "request_uri"]);
    await page.goto(`${there.url}/admin`);
    await expect(page.getByText("The admin message.")).toBeVisible();
    await expectRenewal(page, there);
    await logOutEverywhere(page);
    await expect(page.getByRole("heading", { name: "You are signed out here" })).toBeVisible();
    await page.goto(`${there.url}/profile`);
    await expect(page).toHaveURL(/\/login/);
  },
);

test(
  "the third: private_key_jwt, a resource, pushed requests by configuration, 5 second tokens, nobody has a name",
  proves({ row: [1, 4, 7, 9, 11] }),
  async ({ page, there }) => {
    await logInThere(page, there, "Keyed ID");
    expect(lastToken(there)["aud"]).toBe("urn:keyed:api");
    await expectRenewal(page, there);
    expect(lastToken(there)["aud"]).toBe("urn:keyed:api");
    await page.goto(`${there.url}/profile`);
    await expect(page.getByRole("heading", { level: 1, name: "Somebody" })).toBeVisible();
    await logOutEverywhere(page);
    await page.waitForURL(`${there.url}/`);
    await passwordIsAsked(page, there, "Keyed ID");
  },
);

test(
  "a session that ends at one provider leaves those of another alone (back-channel logout)",
  proves({ asvs: ["7.6.1"] }),
  async ({ page, there, otherBrowser }) => {
    await logInThere(page, there, "Main ID");
    const elsewhere = await (await otherBrowser()).newPage();
    await logInThere(elsewhere, there, "Keyed ID");
    // Hedy leaves the provider itself, in a tab of its own.
    const tab = await page.context().newPage();
    await tab.goto(`${String(there.issuers["Main ID"])}/session/end`);
    await tab.getByRole("button", { name: "Log out" }).click();
    await expect(tab.getByRole("heading", { level: 1 })).toHaveText(/logged out/i);
    await page.goto(`${there.url}/profile`);
    await expect(page).toHaveURL(/\/login/);
    await elsewhere.goto(`${there.url}/profile`);
    await expect(elsewhere).toHaveURL(`${there.url}/profile`);
  },
);

test("nothing of all this was an error, and no token was left unrevoked", ({ there }) => {
  expect(there.log()).not.toMatch(/"level":"error"|token_not_revoked/);
});
