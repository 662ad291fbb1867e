import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, newPerson, proves, signUp, test, type Person } from "../fixtures";
import { refreshTokensOf } from "./support/demo-journal";

test(
  "API access shows API, audience, issuer, scopes and times, renews by one button, and never shows a token",
  proves({ row: [4, 12] }),
  async ({ page, world }) => {
    const person = newPerson("Dorothy");
    await signUp(page, person, "provider");
    await page.getByRole("link", { name: "See what this site may ask for in your name" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "API access" })).toBeVisible();
    await expect(fact(page, "State")).toHaveText("Ready");
    await expect(fact(page, "API")).toHaveText(new URL(world.urls.api).origin);
    await expect(fact(page, "Audience")).toHaveText(world.env["API_AUDIENCE"]!);
    await expect(fact(page, "Tokens issued by")).toHaveText(world.env["OIDC_NAME"]!);
    for (const scope of ["openid", "profile", "email"])
      await expect(fact(page, "Scopes")).toContainText(scope);
    await expect(fact(page, "Token ends").getByRole("time")).toBeVisible();
    const renewed = fact(page, "Last renewed").getByRole("time");
    const before = await renewed.getAttribute("datetime");

    await page.getByRole("button", { name: "Renew now" }).click();
    await expect(page.getByRole("status")).toHaveText("Your access was renewed.");
    await expect(renewed).not.toHaveAttribute("datetime", before!);
    expect(tokensOf(world.stateDir, person).issued).toHaveLength(2);
    await expectNoToken(page, tokensOf(world.stateDir, person).issued);
  },
);

test(
  "Disconnect withdraws the access at the provider too, and Connect again comes back here and to the messages",
  proves({ row: [4, 17, 18] }),
  async ({ page, world }) => {
    const person = newPerson("Dorothy");
    await signUp(page, person, "provider");
    await page.goto("/profile/api-access");
    await page.getByRole("button", { name: "Disconnect" }).click();
    await expect(page.getByRole("status")).toHaveText(
      "Disconnected. The provider has withdrawn this access too.",
    );
    await expect(fact(page, "State")).toHaveText("Not connected");
    await expect(page.getByRole("button", { name: "Renew now" })).toBeHidden();
    const { issued, withdrawn } = tokensOf(world.stateDir, person);
    expect(issued).toHaveLength(1);
    expect(withdrawn, "the provider knows the refresh token no more").toEqual(issued);

    await page.goto("/protected");
    await expect(page.getByRole("button", { name: "Sign in again with Demo ID" })).toBeVisible();
    await page.goto("/profile/api-access");
    await page.getByRole("button", { name: "Connect again with Demo ID" }).click();
    await page.waitForURL(`${world.urls.app}/profile/api-access`);
    await expect(fact(page, "State")).toHaveText("Ready");
    await expectNoToken(page, tokensOf(world.stateDir, person).issued);
    await page.goto("/protected");
    await expect(page.getByText("This is a protected message.")).toBeVisible();
  },
);

test(
  "somebody with a local account has access issued by Gatehouse itself, with nothing to renew or disconnect",
  proves({ row: [12] }),
  async ({ page }) => {
    const person = newPerson("Dorothy");
    await signUp(page, person, "password");
    await page.goto("/profile/api-access");
    await expect(fact(page, "State")).toHaveText("Ready");
    await expect(fact(page, "Tokens issued by")).toHaveText("Gatehouse");
    await expect(page.getByRole("button", { name: "Renew now" })).toBeHidden();
    await expect(page.getByRole("button", { name: "Disconnect" })).toBeHidden();
    await expectNoToken(page, []);
  },
);

/** What is said about a fact of the page. */
function fact(page: Page, label: string) {
  return page.locator("dl > div", { has: page.getByText(label, { exact: true }) }).locator("dd");
}

function tokensOf(stateDir: string, { username }: Person) {
  return refreshTokensOf(join(stateDir, "oidc"), username);
}

/** Neither what the browser shows, nor what the server sent, nor what scripts were given holds a token. */
async function expectNoToken(page: Page, refreshTokens: readonly string[]): Promise<void> {
  const served = await page.request.get(page.url());
  for (const html of [await page.content(), await served.text()]) {
    expect(html).not.toMatch(/eyJ[\w-]{10,}/);
    for (const token of refreshTokens) expect(html).not.toContain(token);
  }
}
