import { chmodSync, mkdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { OidcSettings } from "./oidc/settings";
import { removeRemoteCluster } from "./postgres/location";
import { claimState } from "./launch/claim";
import { said } from "./launch/said";
import {
  applicationEnvironment,
  processEnvironment,
  replacedParts,
  type Environment,
} from "./launch/environment";
import { makeParts, type PartName } from "./launch/parts";
import { repositoryRoot } from "./launch/paths";
import { choosePorts, isPortFree, portTaken, type Ports } from "./launch/ports";
import { loadSecrets } from "./launch/secrets";
import type { Part } from "./launch/supervise";

/** What a world may be told; everything has a standard. */
export interface WorldOptions {
  /** Holds all data, secrets and logs; standard: DEV_STATE_DIR, else `.dev` in the repository. */
  readonly stateDir?: string;
  /** 0 finds a free port; standard: the environment's, else the documented one. */
  readonly ports?: Partial<Ports>;
  /** Address of the application without a final slash; standard: AUTH_URL, else `http://localhost:PORT` and BASE_PATH. */
  readonly baseUrl?: string;
  /**
   * What may replace parts and wins over what the world would say; standard: the process's variables and `.env.local`.
   * Tests give `{}` to be alone.
   */
  readonly environment?: Environment;
  /** Put into `World.env` last. */
  readonly env?: Readonly<Record<string, string>>;
  /** One line at a time, for people. */
  readonly log?: (line: string) => void;
  /** Lifetime of the provider's access tokens; standard: DEV_OIDC_ACCESS_TOKEN_SECONDS, else 300. */
  readonly accessTokenSeconds?: number;
  /** Starts these parts alone; the variables are set as if all ran. */
  readonly only?: readonly PartName[];
  /** Changes to the development provider, for example its people or algorithms. */
  readonly provider?: Partial<OidcSettings>;
}

/** Everything around the application, running. */
export interface World {
  readonly stateDir: string;
  readonly ports: Ports;
  /** Every variable that the application needs. */
  readonly env: Readonly<Record<string, string>>;
  readonly urls: {
    readonly app: string;
    readonly issuer: string;
    readonly api: string;
    readonly smtp: string;
    /** Absent when SMTP_URL replaces the mailbox. */
    readonly mailbox: string | undefined;
    readonly database: string;
  };
  /** The parts that run here; one that the environment replaces is absent. */
  readonly parts: Readonly<Partial<Record<PartName, Part>>>;
  /** Keeps a process of somebody else's in the list that the next launcher cleans up. */
  readonly note: (part: string, pid: number | undefined) => void;
  /** Says that `stop` is about to come, so that the next launcher waits for it. */
  readonly ending: () => void;
  /** Stops every part and waits for it. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL, the identity provider, the messages API and the mailbox, all on loopback, and resolves when all of
 * them serve. Throws a PlainError, with everything stopped again, when a port is taken or a part cannot start.
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const environment = options.environment ?? processEnvironment();
  const log = options.log ?? (() => undefined);
  const stateDir = makeStateDir(options.stateDir ?? stateDirOf(environment));
  const claim = await claimState(stateDir);
  try {
    const ports = await choosePorts(options.ports ?? {}, environment);
    await refuseTakenPorts(ports, environment, options.only);
    const secrets = loadSecrets(stateDir);
    const baseUrl =
      options.baseUrl ??
      said(environment, "AUTH_URL") ??
      `http://localhost:${String(ports.app)}${said(environment, "BASE_PATH") ?? ""}`;
    const env: Record<string, string> = {
      ...applicationEnvironment(environment, ports, secrets, baseUrl),
      AUTH_URL: baseUrl,
      ...options.env,
    };
    const all = makeParts({
      stateDir,
      ports,
      secrets,
      environment,
      env,
      log,
      note: claim.note,
      accessTokenSeconds:
        options.accessTokenSeconds ?? Number(said(environment, "DEV_OIDC_ACCESS_TOKEN_SECONDS") ?? 300),
      provider: options.provider ?? {},
    });
    const parts = options.only ? pick(all, options.only) : all;
    const stop = async () => {
      await Promise.all(Object.values(parts).map((part) => part.stop()));
      claim.release();
    };
    const starts = await Promise.allSettled(Object.values(parts).map((part) => part.start()));
    const failed = starts.find((start) => start.status === "rejected");
    if (failed) {
      await stop();
      throw failed.reason;
    }
    const urls = {
      app: baseUrl,
      issuer: env["OIDC_ISSUER"] ?? "",
      api: env["API_SERVER_URL"] ?? "",
      smtp: env["SMTP_URL"] ?? "",
      mailbox: parts.mailbox && `http://localhost:${String(ports.mailbox)}`,
      database: env["DATABASE_URL"] ?? "",
    };
    return { stateDir, ports, env, urls, parts, note: claim.note, ending: claim.ending, stop };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** Deletes all data, secrets and logs of a state directory that no launcher uses. */
export async function removeState(stateDir: string): Promise<void> {
  const folder = makeStateDir(stateDir);
  (await claimState(folder)).release();
  removeRemoteCluster(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** The state directory that the environment names, else `.dev` in the repository. */
export function stateDirOf(environment: Environment): string {
  return resolve(repositoryRoot, said(environment, "DEV_STATE_DIR") ?? ".dev");
}

function makeStateDir(path: string): string {
  mkdirSync(path, { recursive: true });
  const folder = realpathSync(path);
  // The account that PostgreSQL runs as walks through it; what is secret inside is closed by itself.
  const { mode, uid } = statSync(folder);
  if (uid === process.getuid?.() && (mode & 0o001) === 0) chmodSync(folder, mode | 0o011);
  return folder;
}

/** Looks only where somebody of this world is about to listen; PostgreSQL, which may take over its own server, looks itself. */
async function refuseTakenPorts(
  ports: Ports,
  environment: Environment,
  only: WorldOptions["only"],
): Promise<void> {
  const replaced = replacedParts(environment);
  const starts = (part: PartName) => !replaced[part] && (only?.includes(part) ?? true);
  const bound: Partial<Record<keyof Ports, boolean>> = {
    app: only === undefined,
    oidc: starts("oidc"),
    api: starts("api"),
    smtp: starts("mailbox"),
    mailbox: starts("mailbox"),
  };
  for (const [name, ours] of Object.entries(bound) as [keyof Ports, boolean][])
    if (ours && !(await isPortFree(ports[name]))) throw portTaken(name, ports[name]);
}

function pick<T>(
  parts: Partial<Record<PartName, T>>,
  names: readonly PartName[],
): Partial<Record<PartName, T>> {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => names.includes(name as PartName)));
}
