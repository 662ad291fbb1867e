import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { migrate } from "../../../dev/app/database";
import { startApp, type App } from "../../../dev/app/server";
import { findFreePort } from "../../../dev/launch/ports";
import { createDatabase } from "../../../dev/postgres/connection";
import type { RunningWorld } from "../../fixtures/world";
import { startDatabaseProxy, type DatabaseProxy } from "../../peers/database-proxy";
import { startPeerApi, type PeerApi } from "../../peers/messages-api";
import { startPeerProvider, type PeerProvider } from "../../peers/provider/start";
import { openRows, type Rows } from "./rows";

export interface StageOptions {
  /** Over the application's variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path of the issuer. */
  readonly issuerPath?: string;
}

/** The application among peers that do what they are told, on a database of its own. */
export interface Stage {
  /** Address of the application. */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly peer: PeerProvider;
  readonly api: PeerApi;
  readonly database: DatabaseProxy;
  readonly rows: Rows;
  readonly app: App;
  /** Everything that the application has printed, and what became of its process. */
  log(): string;
  /** The log's entries with this reference. */
  entries(reference: string): readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

/** Starts the production build among new peers. Nothing is cached in it yet. */
export async function startStage(world: RunningWorld, options: StageOptions = {}): Promise<Stage> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const port = await findFreePort();
    const url = `http://localhost:${String(port)}`;
    const client = {
      id: "gatehouse",
      secret: `s/+&%: ${randomBytes(18).toString("base64url")}`,
      redirectUri: `${url}/api/auth/callback/oidc`,
    };
    const path = options.issuerPath === undefined ? {} : { path: options.issuerPath };
    const peer = await startPeerProvider(client, path);
    closing.push(() => peer.close());
    const api = await startPeerApi();
    closing.push(() => api.close());
    const own = await createDatabase(world.urls.database, `attacks_${randomBytes(6).toString("hex")}`);
    closing.push(() => own.drop());
    const database = await startDatabaseProxy(own.url);
    closing.push(() => database.close());
    const rows = openRows(own.url);
    closing.push(() => rows.close());
    const env = {
      ...world.env,
      AUTH_URL: url,
      DATABASE_URL: database.url,
      OIDC_ISSUER: peer.issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      OIDC_NAME: "Peer",
      API_SERVER_URL: api.url,
      ...options.env,
    };
    await migrate(env);
    const printed: string[] = [];
    const app = await startApp({
      port,
      env,
      logFile: join(world.stateDir, "logs", `attacks-${String(port)}.log`),
      output: (text) => printed.push(text),
      log: (line) => printed.push(`${line}\n`),
    });
    closing.push(() => app.stop());
    const log = () => printed.join("");
    return {
      ...{ url, env, peer, api, database, rows, app, log, close },
      entries: (reference) =>
        log()
          .split("\n")
          .filter((line) => line.startsWith("{") && line.includes(`"${reference}"`))
          .map((line) => JSON.parse(line) as Record<string, unknown>),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
