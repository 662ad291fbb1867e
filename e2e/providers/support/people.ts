import { expect, type Page } from "@playwright/test";
import { hedy, type Elsewhere } from "./elsewhere";

/** Presses the button of a provider and waits for its login screen. */
async function goToProvider(page: Page, { url, issuers }: Elsewhere, name: string): Promise<void> {
  await page.goto(`${url}/login?returnTo=%2Fprotected`);
  await page.getByRole("button", { name: `Continue with ${name}` }).click();
  await page.waitForURL(`${String(issuers[name])}/**`);
}

/** Signs Hedy in at a provider, to the protected page. */
export async function logInThere(page: Page, there: Elsewhere, name: string): Promise<void> {
  await goToProvider(page, there, name);
  await page.getByLabel("User name or e-mail").fill(hedy.username);
  await page.getByLabel("Password").fill(hedy.password ?? "");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(`${there.url}/protected`);
  await expect(page.getByText("The protected message.")).toBeVisible();
}

/** The provider's own session is gone: it asks for the password again. */
export async function passwordIsAsked(page: Page, there: Elsewhere, name: string): Promise<void> {
  await goToProvider(page, there, name);
  await expect(page.getByLabel("Password")).toBeVisible();
}
