import { defineConfig, devices } from "@playwright/test";
import { browserLaunchOptions } from "./dev/find-browser";
import type { Options } from "./e2e/fixtures";

const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } };

/**
 * Everything runs on a desktop; what is tagged `@phone` and `@no-scripts` runs there as well, and what is tagged
 * `@phone-only` runs there alone. One world serves all: see `e2e/global-setup.ts`.
 */
export default defineConfig<Options>({
  testDir: "./e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "./test-results",
  globalSetup: "./e2e/global-setup.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  workers: 2,
  // A machine that is busy with something else may be slow once; a broken guard fails every time.
  retries: process.env["CI"] === undefined ? 1 : 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    launchOptions: { ...browserLaunchOptions(), args: ["--disable-gpu"] },
    locale: "en-GB",
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desktop", grepInvert: /@phone-only/, use: desktop },
    { name: "phone", grep: /@phone(-only)?\b/, use: devices["Pixel 7"] },
    { name: "no-scripts", grep: /@no-scripts/, use: { ...desktop, javaScriptEnabled: false } },
  ],
});
