import { test } from "../attacks/support/test";
import { expect, openAccountMenu } from "../fixtures";

test("a provider that offers only what it must signs in, and says what a sign-out cannot do", async ({
  page,
  stage,
}) => {
  const { peer, url } = stage;
  peer.behaviour.scenario = {
    idToken: { name: undefined, at_hash: undefined },
    userinfo: { name: undefined, preferred_username: "just-a-name" },
    token: { refresh_token: undefined, scope: undefined, expires_in: 5 },
  };
  await page.goto(`${url}/login?returnTo=%2Fprotected`);
  await page.getByRole("button", { name: "Continue with Peer" }).click();
  await page.waitForURL(`${url}/protected`);
  await expect(page.getByText("The protected message.")).toBeVisible();
  await page.goto(`${url}/profile`);
  await expect(page.getByRole("heading", { level: 1, name: "just-a-name" })).toBeVisible();

  // Without a refresh token the access ends with the access token: the page says how to get it back.
  await stage.rows.sql`update provider_tokens set expires_at = now() - interval '1 minute'`;
  await page.goto(`${url}/protected`);
  await expect(page.getByText("The protected message.")).toBeHidden();
  await expect(
    page.getByRole("main").getByRole("button", { name: /sign in|log in|continue/i }),
  ).toBeVisible();
  await (await openAccountMenu(page)).getByRole("button", { name: "Log out", exact: true }).click();
  await page.waitForURL(`${url}/`);
});
