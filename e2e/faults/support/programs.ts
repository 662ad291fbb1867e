import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { keepLog } from "../../../dev/launch/fork-part";
import { minimalEnvironment } from "../../../dev/launch/minimal-environment";
import { PlainError } from "../../../dev/launch/plain-error";
import { supervise, type Part } from "../../../dev/launch/supervise";
import type { unprivilegedAccount } from "../../../dev/postgres/account";

/** Programs of the system that the harness starts, and the Debian package of each. */
const packages = { nginx: "nginx", pgbouncer: "pgbouncer", faketime: "faketime" } as const;

export type Program = keyof typeof packages;

/** Absolute path of a program, or undefined when it is not installed. */
export function findProgram(name: Program): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Absolute path of a program. Throws a PlainError that says how to get it. */
export function program(name: Program): string {
  const found = findProgram(name);
  if (found === undefined)
    throw new PlainError(`${name} is not installed: apt-get install ${packages[name]}`);
  return found;
}

interface Served {
  readonly name: "nginx" | "pgbouncer";
  readonly args: readonly string[];
  readonly port: number;
  readonly logFile: string;
  /** Whose it runs as; ours without. */
  readonly account?: ReturnType<typeof unprivilegedAccount>;
}

/** Starts a server of the system, and resolves when it listens. */
export async function serve({ name, args, port, logFile, account }: Served): Promise<Part> {
  const part = supervise({
    title: name,
    log: () => undefined,
    spawn() {
      const child = spawn(program(name), args, {
        ...account,
        env: minimalEnvironment(),
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      keepLog(child, logFile);
      return child;
    },
    ready: () => listening(port),
  });
  await part.start();
  return part;
}

/** Resolves when something listens on the port; the caller knows when to stop waiting. */
async function listening(port: number): Promise<void> {
  while (!(await connects(port))) await sleep(50);
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const answer = (yes: boolean) => () => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", answer(true)).once("error", answer(false));
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
