import { existsSync } from "node:fs";
import { join } from "node:path";
import { connectionUrl } from "../postgres/connection";
import { repositoryRoot } from "./paths";
import { said } from "./said";
import type { Ports } from "./ports";
import type { Secrets } from "./secrets";

/** Variables as a process gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The resource that the messages API stands for. */
export const apiAudience = "urn:gatehouse:messages-api";

const databaseUser = "gatehouse";

/** This process's variables and, behind them, those of `.env.local`. */
export function processEnvironment(): Environment {
  const file = join(repositoryRoot, ".env.local");
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

/** Which parts the environment replaces; an empty variable replaces nothing. */
export function replacedParts(environment: Environment) {
  return {
    postgres: said(environment, "DATABASE_URL") !== undefined,
    // A list that holds `oidc` adds providers to the development one.
    oidc:
      said(environment, "OIDC_ISSUER") !== undefined ||
      said(environment, "OIDC_PROVIDERS")?.split(",").includes("oidc") === false,
    api: said(environment, "API_SERVER_URL") !== undefined,
    mailbox: said(environment, "SMTP_URL") !== undefined,
  };
}

/** How the world's own database is reached. */
export function databaseConnection(ports: Ports, secrets: Secrets) {
  return {
    port: ports.postgres,
    user: databaseUser,
    password: secrets.databasePassword,
    database: "gatehouse",
  };
}

/** Everything that the application needs. What the environment says wins over what the world would say. */
export function applicationEnvironment(
  environment: Environment,
  ports: Ports,
  secrets: Secrets,
  baseUrl: string,
): Record<string, string> {
  const replaced = replacedParts(environment);
  const own: Record<string, string> = {
    AUTH_SECRET: secrets.authSecret,
    AUTH_URL: baseUrl,
    TOKEN_ENCRYPTION_KEYS: secrets.tokenEncryptionKeys,
    DATABASE_URL: connectionUrl(databaseConnection(ports, secrets)),
    SMTP_URL: `smtp://localhost:${String(ports.smtp)}`,
    MAIL_FROM: "Gatehouse <no-reply@gatehouse.localhost>",
    API_SERVER_URL: `http://localhost:${String(ports.api)}`,
    API_AUDIENCE: apiAudience,
    // A stranger's provider knows nothing of our client: then the team says all of these.
    ...(!replaced.oidc && {
      OIDC_ISSUER: `http://localhost:${String(ports.oidc)}`,
      OIDC_CLIENT_ID: "gatehouse",
      OIDC_CLIENT_SECRET: secrets.clientSecret,
      OIDC_NAME: "Demo ID",
      OIDC_SCOPES: "openid profile email offline_access",
      OIDC_AUDIENCE: apiAudience,
      OIDC_ROLES_CLAIM: "roles",
    }),
  };
  const named = Object.keys(environment).filter((name) => name.startsWith("OIDC_"));
  for (const name of [...Object.keys(own), ...named]) {
    const value = said(environment, name);
    if (value !== undefined) own[name] = value;
  }
  return own;
}
