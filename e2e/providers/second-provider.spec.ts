import { expect, openAccountMenu, proves, test } from "../fixtures";
import { hedy, startElsewhere } from "./support/elsewhere";
import { logInThere, passwordIsAsked } from "./support/people";

test.setTimeout(60_000);

test(
  "a provider with ES256, client_secret_post, a path and pairwise subjects works by the plain variables alone",
  proves({ row: [1, 7, 9, 12, 14, 17], asvs: ["10.5.2", "10.5.3"] }),
  async ({ page, world }) => {
    const there = await startElsewhere(world, [
      {
        ...{ name: "Tenant ID", path: "/tenants/blue/oidc" },
        provider: {
          ...{ algorithms: ["ES256"], subjectType: "pairwise" },
          ...{ accessTokenSeconds: 5, audience: "urn:tenant:api" },
        },
        client: { authMethod: "client_secret_post" },
        variables: { AUDIENCE: "urn:tenant:api", ROLES_CLAIM: "roles", ROLES_MAP: "staff=admin" },
      },
    ]);
    try {
      await logInThere(page, there, "Tenant ID");
      const [account] = await there.rows.sql<
        { subject: string; issuer: string }[]
      >`select subject, issuer from accounts`;
      expect(account?.issuer).toBe(there.issuers["Tenant ID"]);
      expect(account?.subject, "a pairwise subject").not.toBe(hedy.sub);

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
      await passwordIsAsked(page, there, "Tenant ID");
      expect(there.log()).not.toMatch(/"level":"error"/);
    } finally {
      await there.close();
    }
  },
);
