import { chownSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { PlainError } from "../launch/plain-error";
import { canReach, unprivilegedAccount, type Account } from "./account";

/** Where a state directory's cluster lives. */
export interface Location {
  readonly account: Account | undefined;
  /** Owned by the launcher; holds the copied programs when a copy is needed. */
  readonly base: string;
  /** Owned by the account; holds the cluster. */
  readonly data: string;
}

/**
 * Finds, and makes, the folder of the cluster: in the state directory, or, when the account that PostgreSQL runs as
 * cannot reach that, in a system folder under a name derived from the state directory. `stateId` changes when the state
 * directory was deleted and made anew; a cluster of an earlier one is then removed.
 */
export function locateCluster(stateDir: string, stateId: string): Location {
  const account = unprivilegedAccount();
  if (canReach(account, stateDir)) {
    const base = join(stateDir, "postgres");
    mkdirSync(base, { recursive: true, mode: 0o711 });
    return { account, base, data: ownFolder(join(base, "data"), account) };
  }
  const base = remoteBase(stateDir);
  try {
    mkdirSync(base, { recursive: true, mode: 0o711 });
  } catch (error) {
    throw new PlainError(
      `PostgreSQL cannot run below ${stateDir}, and ${base} cannot be made: ${String(error)}`,
    );
  }
  const { uid } = lstatSync(base);
  if (uid !== process.getuid?.()) throw new PlainError(`${base} belongs to somebody else; remove it.`);
  const name = `data-${stateId}`;
  for (const entry of readdirSync(base)) {
    if (entry.startsWith("data-") && entry !== name)
      rmSync(join(base, entry), { recursive: true, force: true });
  }
  return { account, base, data: ownFolder(join(base, name), account) };
}

/** Removes what `locateCluster` made outside the state directory. */
export function removeRemoteCluster(stateDir: string): void {
  rmSync(remoteBase(stateDir), { recursive: true, force: true });
}

function remoteBase(stateDir: string): string {
  const root = existsSync("/var/lib") ? "/var/lib" : "/var/tmp";
  const digest = createHash("sha256").update(stateDir).digest("hex").slice(0, 12);
  return join(root, "gatehouse-dev", `${basename(stateDir).replace(/^\./, "")}-${digest}`);
}

function ownFolder(path: string, account: Account | undefined): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account && lstatSync(path).uid !== account.uid) chownSync(path, account.uid, account.gid);
  return path;
}
