import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { runCommand } from "./launch/command";
import { repositoryRoot } from "./launch/paths";
import { PlainError } from "./launch/plain-error";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
];

/** Where a Chromium is: CHROME_PATH, Playwright's own, then the usual places. Undefined when there is none. */
export function findBrowser(): string | undefined {
  return [process.env["CHROME_PATH"] ?? "", chromium.executablePath(), ...usualPlaces].find(
    (path) => path !== "" && existsSync(path),
  );
}

/** Launch options for `playwright.config.ts`. Root cannot use the browser's sandbox, everybody else does. */
export function browserLaunchOptions(): { executablePath?: string; chromiumSandbox: boolean } {
  const executablePath = findBrowser();
  return {
    ...(executablePath !== undefined && { executablePath }),
    chromiumSandbox: process.getuid?.() !== 0,
  };
}

/** Finds a browser or installs one: Playwright's, else, as root on Debian, the system's. Throws a PlainError. */
export async function ensureBrowser(): Promise<string> {
  const present = findBrowser();
  if (present !== undefined) return present;
  const cli = join(repositoryRoot, "node_modules/@playwright/test/cli.js");
  const tried = [
    await runCommand(process.execPath, [cli, "install", "--with-deps", "chromium"], process.env),
  ];
  if (findBrowser() === undefined && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    tried.push(await runCommand("apt-get", ["update"], process.env));
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    tried.push(await runCommand("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], env));
  }
  const installed = findBrowser();
  if (installed !== undefined) return installed;
  const output = tried.map((attempt) => attempt.output).join("\n");
  throw new PlainError(`No Chromium was found or could be installed; set CHROME_PATH to one.\n${output}`);
}
