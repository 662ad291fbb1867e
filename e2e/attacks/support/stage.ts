import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { migrate } from "../../../dev/app/database";
import { startApp, type App } from "../../../dev/app/server";
import { findFreePort } from "../../../dev/launch/ports";
import { startTogether } from "../../fixtures/start-together";
import type { RunningWorld } from "../../fixtures/world";
import { startDatabaseProxy, type DatabaseProxy } from "../../peers/database-proxy";
import { peerEnvironment } from "../../peers/environment";
import type { Certificates } from "../../peers/certificates";
import { startTlsProxy } from "../../peers/tls-proxy";
import { startPeerApi, type PeerApi } from "../../peers/messages-api";
import { startPeerProvider, type PeerProvider } from "../../peers/provider/start";
import { ownDatabase, type Rows } from "./rows";

export interface StageOptions {
  /** Over the application's variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path of the issuer. */
  readonly issuerPath?: string;
  /** The provider is on https, and the application behind a proxy that ends TLS. */
  readonly tls?: Certificates;
  /** Another build, with the path of the host that it is served below. */
  readonly below?: { readonly basePath: string; readonly directory: string };
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
  return startTogether(async (onClose) => {
    const port = await findFreePort();
    const { tls, issuerPath, below } = options;
    const front = tls === undefined ? port : await findFreePort();
    const origin = `${tls === undefined ? "http" : "https"}://localhost:${String(front)}`;
    const url = origin + (below?.basePath ?? "");
    const client = {
      id: "gatehouse",
      secret: `s/+&%: ${randomBytes(18).toString("base64url")}`,
      redirectUri: `${url}/api/auth/callback/oidc`,
    };
    const peer = await startPeerProvider(client, {
      ...(issuerPath !== undefined && { path: issuerPath }),
      ...(tls && { tls }),
    });
    onClose(() => peer.close());
    const api = await startPeerApi();
    onClose(() => api.close());
    const own = await ownDatabase(world, "attacks");
    onClose(own.drop);
    const database = await startDatabaseProxy(own.url);
    onClose(() => database.close());
    const behind = tls && { TRUSTED_PROXY_HOPS: "1", NODE_EXTRA_CA_CERTS: tls.authorityFile };
    const at = below && { BASE_PATH: below.basePath };
    const env = {
      ...peerEnvironment(world, { url, database, peer, api }),
      ...behind,
      ...at,
      ...options.env,
    };
    if (tls) onClose(await startTlsProxy(front, port, tls, below?.basePath));
    await migrate({ ...env, DATABASE_URL: own.serverUrl });
    const printed: string[] = [];
    const app = await startApp({
      port,
      env,
      ...(below && { directory: below.directory }),
      logFile: join(world.stateDir, "logs", `attacks-${String(port)}.log`),
      output: (text) => printed.push(text),
      log: (line) => printed.push(`${line}\n`),
    });
    onClose(() => app.stop());
    const log = () => printed.join("");
    return {
      ...{ url, env, peer, api, database, rows: own.rows, app, log },
      entries: (reference) =>
        log()
          .split("\n")
          .filter((line) => line.startsWith("{") && line.includes(`"${reference}"`))
          .map((line) => JSON.parse(line) as Record<string, unknown>),
    };
  });
}
