import { fork, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { minimalEnvironment } from "./minimal-environment";
import type { PartMessage } from "./part-process";
import { repositoryRoot, typescriptArguments } from "./paths";
import { PlainError } from "./plain-error";
import { portTaken, type Ports } from "./ports";
import { supervise, type Part, type PartOptions } from "./supervise";

/** A part that is one TypeScript file under `dev/`, run through `servePart`. */
export interface ForkedPartOptions extends Pick<PartOptions, "title" | "log" | "onProcess" | "onGiveUp"> {
  /** Entry file, relative to the repository. */
  readonly entry: string;
  /** Sent to the process when it is up; never on the command line, since it holds secrets. */
  readonly settings: object;
  /** The ports that the part binds, for the sentence when one is taken. */
  readonly ports: readonly (readonly [keyof Ports, number])[];
  readonly logFile: string;
  readonly startTimeoutMs?: number;
}

/** Describes a forked part to the supervisor; nothing runs before its `start`. */
export function forkedPart(options: ForkedPartOptions): Part {
  return supervise({
    ...options,
    spawn() {
      const child = fork(join(repositoryRoot, options.entry), [], {
        cwd: repositoryRoot,
        execArgv: [...typescriptArguments],
        // Settings come by message.
        env: minimalEnvironment(),
        detached: true,
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      keepLog(child, options.logFile);
      return child;
    },
    ready(child) {
      return new Promise((resolve, reject) => {
        const timeout = setTimeout(() => {
          reject(new PlainError(`${options.title} did not start in time; see ${options.logFile}.`));
        }, options.startTimeoutMs ?? 30_000);
        child.once("message", (message: PartMessage) => {
          clearTimeout(timeout);
          if (message.type === "ready") resolve();
          else reject(failure(message, options.ports));
        });
        child.once("exit", () => {
          clearTimeout(timeout);
        });
        child.send(options.settings);
      });
    },
  });
}

/** Appends a process's output to a file. */
export function keepLog(child: ChildProcess, file: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  const sink = createWriteStream(file, { flags: "a", mode: 0o600 });
  child.stdout?.pipe(sink, { end: false });
  child.stderr?.pipe(sink, { end: false });
  child.once("close", () => sink.end());
}

function failure(
  message: Extract<PartMessage, { type: "failed" }>,
  ports: ForkedPartOptions["ports"],
): PlainError {
  if (message.code !== "EADDRINUSE") return new PlainError(message.message);
  const [name, port] = ports.find(([, port]) => message.message.includes(String(port))) ??
    ports[0] ?? ["app", 0];
  return portTaken(name, port);
}
