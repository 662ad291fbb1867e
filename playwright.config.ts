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
  // Left out of the common run until each has passed in one with all the others; name the file to run it alone.
  testIgnore: process.argv.some((argument) => argument.endsWith(".spec.ts"))
    ? []
    : [
        "**/{tokens,providers}/**",
        "**/attacks/{back-channel-logout,rp-initiated-logout,environment,headers,open-redirects,session-cookies}.spec.ts",
        "**/journeys/{layout,page-weight,password-sign-in,phone-menu,profile,provider-sign-in}.spec.ts",
        "**/journeys/{configuration,security-headers,session-cookie,sessions,sign-out,sign-up,theme,tokens-stay}.spec.ts",
      ],
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
    launchOptions: browserLaunchOptions(),
    locale: "en-GB",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desktop", grepInvert: /@phone-only/, use: desktop },
    {
      name: "phone",
      testMatch: "**/accessibility.spec.ts",
      grep: /@phone(-only)?\b/,
      use: devices["Pixel 7"],
    },
    {
      name: "no-scripts",
      testMatch: "**/accessibility.spec.ts",
      grep: /@no-scripts/,
      use: { ...desktop, javaScriptEnabled: false },
    },
  ],
});
