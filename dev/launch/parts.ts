import { join } from "node:path";
import type { ApiSettings } from "../api/settings";
import type { MailboxSettings } from "../mailbox/start";
import { oidcSettings } from "../oidc/demo-settings";
import type { OidcSettings } from "../oidc/settings";
import type { PostgresSettings } from "../postgres/run";
import { apiAudience, databaseConnection, replacedParts, type Environment } from "./environment";
import { forkedPart, type ForkedPartOptions } from "./fork-part";
import type { Ports } from "./ports";
import type { Secrets } from "./secrets";
import { said } from "./said";
import type { Part } from "./supervise";

/** Names of the parts that a world may have. */
export type PartName = "postgres" | "oidc" | "api" | "mailbox";

/** What all parts are made from. */
export interface Blueprint {
  readonly stateDir: string;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly environment: Environment;
  /** What the application gets. */
  readonly env: Readonly<Record<string, string>>;
  readonly accessTokenSeconds: number;
  readonly provider: Partial<OidcSettings>;
  readonly log: (line: string) => void;
  readonly note: (part: PartName, pid: number | undefined) => void;
}

/** Describes the parts that the environment does not replace; nothing runs yet. */
export function makeParts(blueprint: Blueprint): Partial<Record<PartName, Part>> {
  const { stateDir, ports, secrets, environment, env, log } = blueprint;
  const replaced = replacedParts(environment);
  const part = (name: PartName, rest: Pick<ForkedPartOptions, "title" | "settings" | "ports">) =>
    forkedPart({
      ...rest,
      entry: `dev/${name}/run.ts`,
      logFile: join(stateDir, "logs", `${name}.log`),
      log,
      onProcess: (pid) => {
        blueprint.note(name, pid);
      },
    });
  const made: Partial<Record<PartName, Part>> = {};
  if (!replaced.postgres) {
    const settings: PostgresSettings = {
      ...databaseConnection(ports, secrets),
      stateDir,
      stateId: secrets.stateId,
    };
    made.postgres = part("postgres", {
      title: "PostgreSQL",
      settings,
      ports: [["postgres", ports.postgres]],
    });
  }
  if (!replaced.oidc) {
    const settings = providerSettings(blueprint);
    made.oidc = part("oidc", { title: "The identity provider", settings, ports: [["oidc", ports.oidc]] });
  }
  if (!replaced.api) {
    const own = env["AUTH_URL"] ?? "";
    const issuers = Object.keys(env).filter((name) => /^OIDC_(\w+_)?ISSUER$/.test(name));
    const providers = issuers.map((name) => {
      const issuer = env[name] ?? "";
      return name === "OIDC_ISSUER" && !replaced.oidc ? { issuer, jwksUri: `${issuer}/jwks` } : { issuer };
    });
    const extra = JSON.parse(said(environment, "DEV_API_ISSUERS") ?? "[]") as ApiSettings["issuers"];
    const settings: ApiSettings = {
      port: ports.api,
      audience: env["API_AUDIENCE"] ?? apiAudience,
      issuers: [...providers, { issuer: own, jwksUri: `${own}/.well-known/jwks.json` }, ...extra],
    };
    made.api = part("api", { title: "The messages API", settings, ports: [["api", ports.api]] });
  }
  if (!replaced.mailbox) {
    const folder = join(stateDir, "mailbox");
    const settings: MailboxSettings = { smtpPort: ports.smtp, webPort: ports.mailbox, stateDir: folder };
    const bound = [["smtp", ports.smtp] as const, ["mailbox", ports.mailbox] as const];
    made.mailbox = part("mailbox", { title: "The mailbox", settings, ports: bound });
  }
  return made;
}

function providerSettings({
  stateDir,
  ports,
  secrets,
  env,
  accessTokenSeconds,
  provider,
}: Blueprint): OidcSettings {
  const essentials = {
    issuer: `http://localhost:${String(ports.oidc)}`,
    port: ports.oidc,
    stateDir: join(stateDir, "oidc"),
    cookieKeys: [secrets.providerCookieKey],
    pairwiseSalt: secrets.providerPairwiseSalt,
    baseUrl: env["AUTH_URL"] ?? "",
    clientId: env["OIDC_CLIENT_ID"] ?? "",
    clientSecret: env["OIDC_CLIENT_SECRET"] ?? "",
  };
  const audience = env["OIDC_AUDIENCE"] ?? apiAudience;
  return oidcSettings(essentials, { accessTokenSeconds, audience, ...provider });
}
