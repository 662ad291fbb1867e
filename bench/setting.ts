import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { ensureBuild } from "../dev/app/build";
import { migrate, seed } from "../dev/app/database";
import { startApp, type App } from "../dev/app/server";
import { repositoryRoot } from "../dev/launch/paths";
import { findFreePort } from "../dev/launch/ports";
import type { Progress } from "../dev/launch/progress";
import { removeState, startWorld, type World } from "../dev/world";
import type { Viewer } from "../lib/shared/views";
import { Inside } from "./inside/start";
import { QueryCounter } from "./query-counter";
import { passwordSignIn } from "./sign-in";
import { familyCpuSeconds, parentOf } from "./tools/cpu";
import type { FixedPerson } from "./variants/fixed-person";
import { makeVariant, type VariantName } from "./variants";

/** Who is signed in where one person is enough. */
export const visitorName = "ada";

/** Everything is counted as ever, and nobody is stopped. */
const roomy = [
  "sign_in_pair",
  "sign_in_account",
  "sign_in_address",
  "sign_in_global",
  "sign_up_address",
  "sign_up_global",
]
  .map((name) => `${name}=9999999/3600`)
  .join(",");

/**
 * A world of its own with the product and what it is measured against. Everything beyond the world starts when it is
 * first asked for and runs until `stop`; an idle server costs the others nothing.
 */
export class Setting {
  readonly world: World;
  readonly sql: postgres.Sql;
  readonly #progress: Progress;
  readonly #folder: string;
  readonly #started = new Map<string, Promise<unknown>>();
  readonly #stops: (() => Promise<void>)[] = [];

  private constructor(world: World, progress: Progress) {
    this.world = world;
    this.#progress = progress;
    this.sql = postgres(world.urls.database, { max: 1, onnotice: () => undefined });
    mkdirSync(join(repositoryRoot, ".dev-bench"), { recursive: true });
    this.#folder = mkdtempSync(join(repositoryRoot, ".dev-bench", "run-"));
  }

  /** Starts the world with its people. Other worlds on this machine are not touched. */
  static async open(progress: Progress): Promise<Setting> {
    const ports = { app: 0, postgres: 0, oidc: 0, api: 0, smtp: 0, mailbox: 0 };
    const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
    const world = await progress("Starting PostgreSQL, provider, API and mailbox", () =>
      startWorld({ stateDir, ports, environment: {}, env: { LOG_LEVEL: "warn", RATE_LIMITS: roomy } }),
    );
    const setting = new Setting(world, progress);
    await migrate(world.env);
    await seed(world.env, world.urls.issuer);
    return setting;
  }

  /** The product at the address that the world knows. */
  product(): Promise<App> {
    return this.#once("product", async () => {
      await this.#progress("Building the application", ensureBuild);
      return this.#start("product", { port: this.world.ports.app });
    });
  }

  /** The product once more, with every statement that it sends to the database counted. */
  counted(): Promise<{ readonly app: App; readonly queries: QueryCounter }> {
    return this.#once("counted", async () => {
      await this.product();
      const queries = new QueryCounter(this.world.urls.database);
      const DATABASE_URL = await queries.start();
      this.#stops.unshift(() => queries.stop());
      const port = await findFreePort();
      const AUTH_URL = `http://localhost:${String(port)}`;
      return { app: await this.#start("counted", { port, env: { DATABASE_URL, AUTH_URL } }), queries };
    });
  }

  /** The product once more, on the same database, at an address of its own. */
  second(): Promise<App> {
    return this.#once("second", async () => {
      await this.product();
      const port = await findFreePort();
      return this.#start("second", { port, env: { AUTH_URL: `http://localhost:${String(port)}` } });
    });
  }

  variant(name: VariantName): Promise<App> {
    return this.#once(name, async () => {
      const person: FixedPerson | undefined =
        name === "empty" || name === "without-audit" ? undefined : await this.#person();
      const directory = await this.#progress(`Building ${name} for comparison`, () =>
        makeVariant(name, this.#folder),
      );
      const port = await findFreePort();
      const AUTH_URL = `http://localhost:${String(port)}`;
      // The others show the same addresses as the product.
      const env = name === "without-audit" ? { AUTH_URL } : { BENCH_PERSON: JSON.stringify(person) };
      return this.#start(name, { port, directory, env });
    });
  }

  /** The session cookie of {@link visitorName}, `name=value`. Every application here takes it. */
  cookie(): Promise<string> {
    return this.#once("cookie", async () =>
      (await passwordSignIn((await this.product()).url, visitorName))(),
    );
  }

  /** A process that runs the product's verbs without a web server. */
  inside(): Promise<Inside> {
    return this.#once("inside", async () => {
      const inside = await Inside.start(this.world.env);
      this.#stops.unshift(() => inside.stop());
      return inside;
    });
  }

  /** Counts the seconds that the database server computes. */
  async databaseMeter(): Promise<() => number> {
    const [row] = await this.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const server = row === undefined ? undefined : parentOf(row.pid);
    return () => (server === undefined ? NaN : familyCpuSeconds(server));
  }

  /** Ends everything and removes every trace. */
  async stop(): Promise<void> {
    this.world.ending();
    for (const stop of this.#stops) await stop();
    await this.sql.end({ timeout: 1 });
    await this.world.stop();
    await removeState(this.world.stateDir);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(
    name: string,
    { port, directory, env }: { port: number; directory?: string; env?: Record<string, string> },
  ): Promise<App> {
    const app = await startApp({
      port,
      env: { ...this.world.env, ...env },
      ...(directory !== undefined && { directory }),
      logFile: join(this.world.stateDir, "logs", `${name}.log`),
      log: (line) => {
        console.error(line);
      },
      onProcess: (pid) => {
        this.world.note(name, pid);
      },
    });
    this.#stops.unshift(() => app.stop());
    return app;
  }

  /** What the product says of the person that the cookie belongs to. */
  async #person(): Promise<FixedPerson> {
    const { url } = await this.product();
    const answer = await fetch(`${url}/api/me`, { headers: { cookie: await this.cookie() } });
    const { data: viewer } = (await answer.json()) as { data: Omit<Viewer, "sessionId" | "memberSince"> };
    const [user] = await this.sql<
      { created_at: Date }[]
    >`select created_at from users where id = ${viewer.userId}`;
    return {
      viewer: { ...viewer, sessionId: viewer.userId, memberSince: user?.created_at ?? new Date() },
      identity: { claims: null },
    };
  }

  #once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const made = this.#started.get(name) ?? make();
    this.#started.set(name, made);
    return made as Promise<T>;
  }
}
