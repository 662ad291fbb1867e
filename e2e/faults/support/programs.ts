import { accessSync, constants } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PlainError } from "../../../dev/launch/plain-error";

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

/** Resolves when something listens on the port; the caller knows when to stop waiting. */
export async function listening(port: number): Promise<void> {
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
