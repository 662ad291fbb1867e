import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { repositoryRoot } from "./launch/paths";
import { describe } from "./launch/plain-error";
import { oidcSettings } from "./oidc/demo-settings";
import type { OidcSettings } from "./oidc/settings";
import { startProvider } from "./oidc/start";

/** What DEV_OIDC_SETTINGS may hold: any setting, its id in OIDC_PROVIDERS, and how the one client authenticates. */
interface Wish extends Partial<OidcSettings> {
  readonly id?: string;
  readonly baseUrl?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly authMethod?: "client_secret_basic" | "client_secret_post";
}

// A provider beside the world's, to try the application with a different one, or with both:
//   DEV_OIDC_SETTINGS='{"port":9001,"issuer":"http://localhost:9001/tenants/two","algorithms":["ES256"],"id":"two",
//   "authMethod":"client_secret_post","subjectType":"pairwise"}' node --import tsx dev/second-provider.ts
// Start `npm run demo` with OIDC_PROVIDERS=oidc,two and what it prints.
const wish = JSON.parse(process.env["DEV_OIDC_SETTINGS"] ?? "{}") as Wish;
const {
  baseUrl = "http://localhost:3000",
  clientId = "gatehouse-two",
  clientSecret = randomBytes(24).toString("base64url"),
  authMethod = "client_secret_basic",
  id = "oidc",
  ...overrides
} = wish;
const port = wish.port ?? 9001;
const essentials = {
  issuer: `http://localhost:${String(port)}`,
  port,
  stateDir: join(repositoryRoot, `.dev-oidc-${String(port)}`),
  cookieKeys: [randomBytes(24).toString("base64url")],
  pairwiseSalt: "standalone",
  baseUrl,
  clientId,
  clientSecret,
  id,
};
const standard = oidcSettings(essentials);
const clients = standard.clients.map((client) => ({ ...client, authMethod }));
const settings = { ...standard, title: "Second ID", clients, ...overrides };

try {
  await startProvider(settings);
  const prefix = id === "oidc" ? "OIDC_" : `OIDC_${id.toUpperCase().replaceAll("-", "_")}_`;
  const variables = {
    ISSUER: settings.issuer,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    NAME: "Second ID",
  };
  for (const [name, value] of Object.entries(variables)) console.log(`${prefix}${name}="${value}"`);
} catch (error) {
  console.error(describe(error));
  process.exit(1);
}
