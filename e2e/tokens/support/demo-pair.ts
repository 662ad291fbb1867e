import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, seed } from "../../../dev/app/database";
import { runCommand, type Outcome } from "../../../dev/launch/command";
import { typescriptArguments } from "../../../dev/launch/paths";
import { removeState, startWorld } from "../../../dev/world";
import { beginSignIn, visitCallback } from "../../attacks/support/oidc";
import { ownDatabase, type Rows } from "../../attacks/support/rows";
import { Visitor, type Fields } from "../../attacks/support/visitor";
import type { Person } from "../../fixtures";
import { startTogether } from "../../fixtures/start-together";
import type { RunningWorld } from "../../fixtures/world";
import { startBalancer } from "./balancer";
import { logInAtDemo } from "./demo-log-in";
import { startInstances, type Instances } from "./instances";

type Login = Pick<Person, "username" | "password">;

/** Two processes with the development provider and the sample API, which believes no token that it cannot check. */
export interface DemoPair {
  /** Address of the application: the balancer. */
  readonly url: string;
  readonly issuer: string;
  readonly instances: Instances;
  readonly rows: Rows;
  /** The provider's own state. */
  readonly providerState: string;
  signIn(person: Login): Promise<Visitor>;
  /** Runs a command of the application, such as `lib/domain/tokens/reseal-tokens.command.ts`. */
  command(file: string, ...rest: readonly string[]): Promise<Outcome>;
  close(): Promise<void>;
}

export async function startDemoPair(world: RunningWorld): Promise<DemoPair> {
  return startTogether(async (onClose) => {
    const balancer = await startBalancer();
    onClose(balancer.close);
    const database = await ownDatabase(world, "tokens");
    onClose(database.drop);
    const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-tokens-"));
    onClose(() => removeState(stateDir));
    const peers = await startWorld({
      stateDir,
      ports: { app: 0, postgres: 0, oidc: 0, api: 0, smtp: 0, mailbox: 0 },
      baseUrl: balancer.url,
      environment: {},
      env: { DATABASE_URL: database.url, DATABASE_PREPARE: world.env["DATABASE_PREPARE"] ?? "true" },
      only: ["oidc", "api"],
    });
    onClose(() => peers.stop());
    const { url } = balancer;
    const { issuer } = peers.urls;
    const direct = { ...peers.env, DATABASE_URL: database.serverUrl };
    await migrate(direct);
    await seed(direct, issuer);
    const instances = await startInstances(balancer, {
      env: peers.env,
      logFolder: join(world.stateDir, "logs"),
    });
    onClose(instances.stop);
    return {
      ...{ url, issuer, instances, rows: database.rows, providerState: join(stateDir, "oidc") },
      signIn: (person) => signInAtDemo({ url, issuer }, person),
      command: (file, ...rest) =>
        runCommand(
          process.execPath,
          ["--conditions=react-server", ...typescriptArguments, file, ...rest],
          // The commands print what a program may read; the log of a level below would be in between.
          { ...process.env, ...instances.env(), LOG_LEVEL: "warn" },
        ),
    };
  });
}

/** A whole sign-in at the development provider, by its login form. */
export async function signInAtDemo(
  { url, issuer }: { readonly url: string; readonly issuer: string },
  person: Login,
  fields: Fields = {},
): Promise<Visitor> {
  const visitor = new Visitor(url);
  const callback = await logInAtDemo(issuer, await beginSignIn(visitor, fields), person);
  const end = await visitCallback(visitor, callback);
  if (end.kind !== "signed-in") throw new Error(`The sign-in failed: ${JSON.stringify(end)}`);
  return visitor;
}
