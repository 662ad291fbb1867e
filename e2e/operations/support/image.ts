import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { minimalEnvironment } from "../../../dev/launch/minimal-environment";
import { repositoryRoot } from "../../../dev/launch/paths";

type Variables = Readonly<Record<string, string>>;

/** What the Dockerfile copies into the last stage, as a folder that the process cannot write to. */
export interface Image {
  readonly folder: string;
  /** Every file, from the folder on. */
  readonly files: readonly string[];
  /** Runs a command to its end; its output, and what it exited with. */
  run(command: readonly string[], env: Variables): Promise<{ output: string; code: number | null }>;
  /** Starts the server and waits until it listens. */
  serve(env: Variables): Promise<Serving>;
  remove(): void;
}

interface Serving {
  readonly pid: number;
  log(): string;
  /** Sends a signal and waits; what the process exited with. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** The account of the image, where this process may choose one. */
const account = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

/** Puts the image's files together from the build of this run. */
export async function assembleImage(): Promise<Image> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-image-"));
  chmodSync(folder, 0o755);
  const built = join(repositoryRoot, ".next");
  cpSync(join(built, "standalone"), folder, { recursive: true, verbatimSymlinks: true });
  cpSync(join(built, "static"), join(folder, ".next/static"), { recursive: true });
  const commands = ["deploy/build-commands.mjs", join(folder, "commands")];
  await ended(spawn(process.execPath, commands, { cwd: repositoryRoot, stdio: "inherit" }));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of ["", ...files]) makeReadOnly(join(folder, file));

  const start = (command: readonly string[], env: Variables) => {
    const [program = "", ...rest] = command[0] === "node" ? [process.execPath, ...command.slice(1)] : command;
    const child = spawn(program, rest, {
      ...account,
      cwd: folder,
      env: { ...minimalEnvironment(), ...env, NODE_ENV: "production", NEXT_MANUAL_SIG_HANDLE: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    return { child, log: () => output };
  };

  return {
    folder,
    files,
    async run(command, env) {
      const { child, log } = start(command, env);
      const code = await ended(child);
      return { output: log(), code };
    },
    async serve(env) {
      const { child, log } = start(["node", "server.js"], env);
      const exit = ended(child);
      await new Promise<void>((resolve, reject) => {
        child.stdout.on("data", () => {
          if (log().includes("Ready in")) resolve();
        });
        void exit.then(() => {
          reject(new Error(`The server ended.\n${log()}`));
        });
      });
      return {
        pid: child.pid ?? 0,
        log,
        stop(signal) {
          child.kill(signal);
          return exit;
        },
      };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeReadOnly(path: string): void {
  try {
    chmodSync(path, 0o555);
  } catch (error) {
    // A link whose target the build left out.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}
