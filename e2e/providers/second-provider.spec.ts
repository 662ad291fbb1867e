import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { migrate } from "../../dev/app/database";
import { startApp } from "../../dev/app/server";
import { findFreePort } from "../../dev/launch/ports";
import { oidcSettings } from "../../dev/oidc/demo-settings";
import type { OidcSettings, ProviderPerson } from "../../dev/oidc/settings";
import { startProvider } from "../../dev/oidc/start";
import { createDatabase } from "../../dev/postgres/connection";
import { openRows, type Rows } from "../attacks/support/rows";
import { expect, openAccountMenu, proves, test as base } from "../fixtures";
import type { RunningWorld } from "../fixtures/world";
import { startPeerApi, type PeerApi } from "../peers/messages-api";

const person: ProviderPerson = {
  sub: "tenant|42",
  username: "hedy",
  name: "Hedy Lamarr",
  givenName: "Hedy",
  familyName: "Lamarr",
  email: "hedy@tenant.example",
  emailVerified: true,
  password: "frequency hopping patent",
  roles: ["staff"],
  permissions: [],
  updatedAt: 1_700_000_000,
};

interface Elsewhere {
  readonly url: string;
  readonly issuer: string;
  readonly api: PeerApi;
  readonly rows: Rows;
  readonly log: () => string;
}

interface Quirks {
  readonly path: string;
  readonly settings: (redirects: {
    clientId: string;
    clientSecret: string;
    url: string;
  }) => Partial<OidcSettings>;
  readonly env: Readonly<Record<string, string>>;
}

/** The same build beside another provider, told about it by variables alone. */
async function startElsewhere(
  world: RunningWorld,
  { path, settings, env }: Quirks,
  closing: (() => unknown)[],
) {
  const [port, providerPort] = [await findFreePort(), await findFreePort()];
  const url = `http://localhost:${String(port)}`;
  const issuer = `http://localhost:${String(providerPort)}${path}`;
  const client = { clientId: "tenant-app", clientSecret: randomBytes(24).toString("base64url") };
  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-provider-"));
  closing.push(() => {
    rmSync(stateDir, { recursive: true, force: true });
  });
  const essentials = {
    ...{ issuer, port: providerPort, stateDir, baseUrl: url, ...client },
    cookieKeys: [randomBytes(24).toString("hex")],
    pairwiseSalt: randomBytes(24).toString("hex"),
  };
  const provider = await startProvider(
    oidcSettings(essentials, { people: [person], ...settings({ ...client, url }) }),
  );
  closing.push(() => provider.close());
  const api = await startPeerApi();
  closing.push(() => api.close());
  const database = await createDatabase(world.urls.database, `providers_${randomBytes(6).toString("hex")}`);
  closing.push(() => database.drop());
  const rows = openRows(database.url);
  closing.push(() => rows.close());
  const variables = {
    ...world.env,
    ...{ AUTH_URL: url, DATABASE_URL: database.url, API_SERVER_URL: api.url, OIDC_ISSUER: issuer },
    ...{ OIDC_CLIENT_ID: client.clientId, OIDC_CLIENT_SECRET: client.clientSecret, OIDC_NAME: "Tenant ID" },
    ...env,
  };
  await migrate(variables);
  let printed = "";
  const app = await startApp({
    ...{ port, env: variables, logFile: join(world.stateDir, "logs", `provider-${String(port)}.log`) },
    output: (text) => (printed += text),
  });
  closing.push(() => app.stop());
  return { url, issuer, api, rows, log: () => printed };
}

const test = base.extend<{ elsewhere: (quirks: Quirks) => Promise<Elsewhere> }>({
  elsewhere: async ({ world }, provide) => {
    const closing: (() => unknown)[] = [];
    await provide((quirks) => startElsewhere(world, quirks, closing));
    for (const close of closing.reverse()) await close();
  },
});

async function logInThere(page: Page, { url, issuer }: Elsewhere): Promise<void> {
  await page.goto(`${url}/login?returnTo=%2Fprotected`);
  await page.getByRole("button", { name: "Continue with Tenant ID" }).click();
  await page.waitForURL(`${issuer}/**`);
  await page.getByLabel("User name or e-mail").fill(person.username);
  await page.getByLabel("Password").fill(person.password ?? "");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(`${url}/protected`);
  await expect(page.getByText("The protected message.")).toBeVisible();
}

test.setTimeout(60_000);

test(
  "a provider with ES256, client_secret_post, a path and pairwise subjects works by its variables alone",
  proves({ row: [1, 7, 9, 12, 14, 17], asvs: ["10.5.2", "10.5.3"] }),
  async ({ page, elsewhere }) => {
    const there = await elsewhere({
      path: "/tenants/blue/oidc",
      settings: ({ clientId, clientSecret, url }) => ({
        algorithms: ["ES256"],
        subjectType: "pairwise",
        accessTokenSeconds: 5,
        audience: "urn:tenant:api",
        clients: [
          {
            ...{ clientId, clientSecret, name: "Tenant app", authMethod: "client_secret_post" },
            redirectUris: [`${url}/api/auth/callback/oidc`],
            postLogoutRedirectUris: [`${url}/auth/signed-out`],
          },
        ],
      }),
      env: { OIDC_AUDIENCE: "urn:tenant:api", OIDC_ROLES_CLAIM: "roles", OIDC_ROLES_MAP: "staff=admin" },
    });
    await logInThere(page, there);

    const [account] = await there.rows.sql<
      { subject: string; issuer: string }[]
    >`select subject, issuer from accounts`;
    expect(account?.issuer).toBe(there.issuer);
    expect(account?.subject, "a pairwise subject").not.toBe(person.sub);

    // Another claim value than ours is the role that the mapping says.
    await page.goto(`${there.url}/admin`);
    await expect(page.getByText("The admin message.")).toBeVisible();

    // A refresh: the access token is taken for old, and the next message comes with another.
    const first = there.api.requests.at(-1)?.authorization;
    await there.rows.sql`update provider_tokens set expires_at = now() - interval '1 minute'`;
    await page.goto(`${there.url}/protected`);
    await expect(page.getByText("The protected message.")).toBeVisible();
    expect(there.api.requests.at(-1)?.authorization).toMatch(/^Bearer eyJ/);
    expect(there.api.requests.at(-1)?.authorization).not.toBe(first);

    await (await openAccountMenu(page)).getByRole("button", { name: "Log out", exact: true }).click();
    await page.waitForURL(`${there.url}/`);

    // The provider's session is gone too: it asks for the password again.
    await page.goto(`${there.url}/login`);
    await page.getByRole("button", { name: "Continue with Tenant ID" }).click();
    await page.waitForURL(`${there.issuer}/**`);
    await expect(page.getByLabel("Password")).toBeVisible();
    expect(there.log()).not.toMatch(/"level":"error"/);
  },
);
