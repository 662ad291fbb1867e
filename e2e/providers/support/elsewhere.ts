import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../../dev/app/database";
import { startApp } from "../../../dev/app/server";
import { findFreePort } from "../../../dev/launch/ports";
import { oidcSettings } from "../../../dev/oidc/demo-settings";
import type { OidcSettings, ProviderClient, ProviderPerson } from "../../../dev/oidc/settings";
import { startProvider } from "../../../dev/oidc/start";
import { startTogether, type OnClose } from "../../fixtures/start-together";
import type { RunningWorld } from "../../fixtures/world";
import { ownDatabase, type Rows } from "../../attacks/support/rows";
import { startPeerApi, type PeerApi } from "../../peers/messages-api";

/** Somebody who has an account at every provider here, and nowhere the same subject. */
export const hedy: ProviderPerson = {
  sub: "tenant|42",
  username: "hedy",
  name: "Hedy Lamarr",
  givenName: "Hedy",
  familyName: "Lamarr",
  email: "hedy@tenant.example",
  emailVerified: false,
  password: "frequency hopping patent",
  roles: ["staff"],
  permissions: [],
  updatedAt: 1_700_000_000,
};

/** A provider that is to run beside the application, and what the application is told of it. */
export interface Quirks {
  /** In `OIDC_PROVIDERS`; the plain names when left out. */
  readonly id?: string;
  /** What its button says. */
  readonly name: string;
  /** Of the issuer. */
  readonly path?: string;
  readonly provider?: Partial<OidcSettings>;
  readonly client?: Partial<ProviderClient>;
  /** Over the variables, by the ends of their names: `{ LOGOUT: "none" }`. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Elsewhere {
  /** Address of the application. */
  readonly url: string;
  /** By name. */
  readonly issuers: Readonly<Record<string, string>>;
  readonly api: PeerApi;
  readonly rows: Rows;
  readonly env: Readonly<Record<string, string>>;
  /** Everything that the application has printed. */
  log(): string;
  close(): Promise<void>;
}

/** The same build beside other providers, told about them by variables alone. */
export async function startElsewhere(
  world: RunningWorld,
  providers: readonly Quirks[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Elsewhere> {
  return startTogether(async (onClose) => {
    const port = await findFreePort();
    const url = `http://localhost:${String(port)}`;
    const started = [];
    for (const quirks of providers) started.push(await startOne(quirks, url, onClose));
    const api = await startPeerApi();
    onClose(() => api.close());
    const database = await ownDatabase(world, "providers");
    onClose(database.drop);
    const ids = providers.flatMap(({ id }) => id ?? []);
    const env = {
      ...Object.fromEntries(Object.entries(world.env).filter(([name]) => !name.startsWith("OIDC_"))),
      ...{ AUTH_URL: url, DATABASE_URL: database.url, API_SERVER_URL: api.url },
      ...(ids.length > 0 && { OIDC_PROVIDERS: ids.join(",") }),
      ...Object.assign({}, ...started.map(({ variables }) => variables)),
      ...environment,
    } as Record<string, string>;
    await migrate({ ...env, DATABASE_URL: database.serverUrl });
    let printed = "";
    const app = await startApp({
      ...{ port, env, logFile: join(world.stateDir, "logs", `provider-${String(port)}.log`) },
      output: (text) => (printed += text),
    });
    onClose(() => app.stop());
    const issuers = Object.fromEntries(started.map(({ name, issuer }) => [name, issuer]));
    return { url, issuers, api, rows: database.rows, env, log: () => printed };
  });
}

async function startOne(
  { id, name, path = "", provider, client, variables }: Quirks,
  url: string,
  onClose: OnClose,
) {
  const port = await findFreePort();
  const issuer = `http://localhost:${String(port)}${path}`;
  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-provider-"));
  onClose(() => {
    rmSync(stateDir, { recursive: true, force: true });
  });
  const credentials = {
    clientId: `${id ?? "tenant"}-app`,
    clientSecret: randomBytes(24).toString("base64url"),
  };
  const essentials = {
    ...{ issuer, port, stateDir, baseUrl: url, ...credentials, id: id ?? "oidc" },
    cookieKeys: [randomBytes(24).toString("hex")],
    pairwiseSalt: randomBytes(24).toString("hex"),
  };
  const standard = oidcSettings(essentials, { people: [hedy], title: name, ...provider });
  const clients = standard.clients.map((registered) => ({ ...registered, ...client }));
  const running = await startProvider({ ...standard, clients });
  onClose(() => running.close());
  const prefix = id === undefined ? "OIDC_" : `OIDC_${id.toUpperCase().replaceAll("-", "_")}_`;
  const said = {
    ...{ ISSUER: issuer, CLIENT_ID: credentials.clientId, NAME: name },
    ...(client?.authMethod !== "private_key_jwt" && { CLIENT_SECRET: credentials.clientSecret }),
    ...variables,
  };
  const prefixed = Object.entries(said).map(([end, value]) => [prefix + end, value] as const);
  return { name, issuer, variables: Object.fromEntries(prefixed) };
}
