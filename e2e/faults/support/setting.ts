import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { ensureBuild } from "../../../dev/app/build";
import { migrate, seed } from "../../../dev/app/database";
import { repositoryRoot } from "../../../dev/launch/paths";
import { removeState, startWorld, type World } from "../../../dev/world";
import { logIn } from "../../attacks/support/forms";
import { Visitor } from "../../attacks/support/visitor";
import { demoPerson } from "../../fixtures/people";
import { sharedAddress } from "../../fixtures/shared-address";
import { startTogether } from "../../fixtures/start-together";
import { signInAtDemo } from "../../tokens/support/demo-pair";
import { startFront, type Front } from "./front";

/** The application as it is deployed, in a world whose parts can be broken one by one. */
export interface Setting {
  readonly url: string;
  readonly world: World;
  readonly front: Front;
  /** Past PgBouncer. */
  readonly sql: postgres.Sql;
  /** Signed in with a password. */
  readonly members: readonly Visitor[];
  /** Signed in at the provider, whose token the API takes. */
  readonly caller: Visitor;
  /** True: faults last as long as the table of faults says. */
  readonly full: boolean;
  close(): Promise<void>;
}

/** What everything printed, once it has ended. */
const logs = join(repositoryRoot, "test-results/faults");

/** Everybody with a password in the world's database. */
export const locals = ["ada", "grace", "katherine"] as const;

export interface SettingOptions {
  readonly full: boolean;
  /** Where everything is kept; standard: a new folder that is removed at the end. */
  readonly stateDir?: string;
}

export async function openSetting(options: SettingOptions): Promise<Setting> {
  await ensureBuild();
  return startTogether(async (onClose) => {
    const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), "gatehouse-faults-"));
    onClose(() => removeState(stateDir));
    onClose(() => {
      cpSync(join(stateDir, "logs"), logs, { recursive: true, force: true });
    });
    const ports = { app: 0, postgres: 0, oidc: 0, api: 0, smtp: 0, mailbox: 0 };
    const env = { RATE_LIMITS: sharedAddress, LOG_LEVEL: "info" };
    const world = await startWorld({ stateDir, ports, environment: {}, env });
    onClose(() => world.stop());
    await migrate(world.env);
    await seed(world.env, world.urls.issuer);
    const front = await startFront(world, join(stateDir, "logs/app.log"));
    onClose(() => front.close());
    const sql = postgres(world.urls.database, { max: 2, onnotice: () => undefined, backoff: () => 0.2 });
    onClose(() => sql.end({ timeout: 1 }));
    const { app: url, issuer } = world.urls;
    const members: Visitor[] = [];
    for (const name of locals) members.push(await signIn(url, name));
    const caller = await signInAtDemo({ url, issuer }, demoPerson("alan"));
    return { url, world, front, sql, members, caller, full: options.full };
  });
}

/** Signs in with a password. Throws when the form says no. */
export async function signIn(url: string, username: string): Promise<Visitor> {
  const visitor = new Visitor(url);
  const answer = await logIn(visitor, demoPerson(username));
  if (answer.location !== "/profile" || visitor.sessionCookie === undefined)
    throw new Error(`The sign-in was answered with ${String(answer.status)}.`);
  return visitor;
}
