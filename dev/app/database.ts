import { runCommand } from "../launch/command";
import { typescriptArguments } from "../launch/paths";
import { PlainError } from "../launch/plain-error";

/** Brings the database's schema up to date. Throws a PlainError with the output when it fails. */
export function migrate(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  return runDatabaseScript("migrate", env, "The database cannot be migrated.");
}

/**
 * Puts the demo people into the database; those who are there stay as they are. `providerIssuer` links them with the
 * development provider, and is left out when another provider is used.
 */
export function seed(
  env: Readonly<Record<string, string | undefined>>,
  providerIssuer: string | undefined,
): Promise<void> {
  const issuer = providerIssuer === undefined ? {} : { SEED_OIDC_ISSUER: providerIssuer };
  return runDatabaseScript("seed", { ...env, ...issuer }, "The demo people cannot be put into the database.");
}

async function runDatabaseScript(
  name: "migrate" | "seed",
  env: Readonly<Record<string, string | undefined>>,
  failure: string,
): Promise<void> {
  const args = ["--conditions=react-server", ...typescriptArguments, `db/${name}.ts`];
  const { ok, output } = await runCommand(process.execPath, args, { ...process.env, ...env });
  if (!ok) throw new PlainError(`${failure}\n${output}`);
}
