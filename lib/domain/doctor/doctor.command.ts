import { existsSync } from "node:fs";
import { checkApi } from "./check-api";
import { checkBreachedPasswords } from "./check-breached-passwords";
import { checkDatabase } from "./check-database";
import { checkProvider } from "./check-provider";
import type { Finding } from "./finding";
import { sql } from "@/db/client";
import { providerConfigs } from "@/lib/domain/oidc/provider-config";
import { environment, EnvironmentError } from "@/lib/env";
import { apiPaths, paths } from "@/lib/routes";

// npm run doctor: what is misconfigured, and what to do about it. Ends with 1 when something keeps people out.
const marks = { ok: "  ok    ", note: "  note  ", fault: "  FAULT " };
let faults = 0;

// As `next start` reads them: the first that sets a variable wins, the process's own environment before all.
for (const file of [".env.production.local", ".env.local", ".env.production", ".env"])
  if (existsSync(file)) process.loadEnvFile(file);

try {
  const { AUTH_URL } = environment();
  const providers = providerConfigs();
  show("Configuration", [
    { level: "ok", text: `no fault in it; served at ${AUTH_URL}, ${String(providers.length)} provider(s)` },
  ]);
  show("Database", await checkDatabase());
  const asked = providers.map(async (provider) => ({ provider, findings: await checkProvider(provider) }));
  for (const { provider, findings } of await Promise.all(asked)) {
    console.log(`\nProvider "${provider.name}" (${provider.id}): register there`);
    console.log(`  callback             ${AUTH_URL}${apiPaths.callback(provider.id)}`);
    console.log(`  post-logout          ${AUTH_URL}${paths.signedOut}`);
    console.log(`  back-channel logout  ${AUTH_URL}${apiPaths.backchannelLogout(provider.id)}`);
    console.log(`  initiate login       ${AUTH_URL}${paths.initiateLogin}`);
    print(findings);
  }
  if (providers.length === 0) show("Providers", [{ level: "ok", text: "none: local accounts alone" }]);
  show("Messages API", await checkApi());
  show("Passwords", await checkBreachedPasswords());
  await sql().end();
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  const found = error.faults.map(
    ({ name, message }) => ({ level: "fault", text: `${name}: ${message}` }) as const,
  );
  show("Configuration (docs/configuration.md)", found);
  console.log("\nThe rest is checked once these are mended.");
}

console.log(faults === 0 ? "\nNo faults." : `\n${String(faults)} fault(s).`);
process.exitCode = faults === 0 ? 0 : 1;

function show(heading: string, findings: readonly Finding[]): void {
  console.log(`\n${heading}`);
  print(findings);
}

function print(findings: readonly Finding[]): void {
  for (const { level, text, advice } of findings) {
    if (level === "fault") faults += 1;
    console.log(marks[level] + text + (advice === undefined ? "" : `\n          ${advice}`));
  }
}
