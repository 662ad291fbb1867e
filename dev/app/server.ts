import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { keepLog } from "../launch/fork-part";
import { minimalEnvironment } from "../launch/minimal-environment";
import { nextCommand, repositoryRoot } from "../launch/paths";
import { PlainError } from "../launch/plain-error";
import { supervise, type Part } from "../launch/supervise";

/** How the application is run. */
export interface AppOptions {
  readonly port: number;
  /** Variables for the application, usually `World.env`; of this process's own it gets the path and the like. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Gets everything that the server prints. */
  readonly logFile: string;
  /** `next dev` instead of `next start`. */
  readonly hot?: boolean;
  /** Another Next application, built already; standard: this one. */
  readonly directory?: string;
  /** Extra arguments for Node, for example `--cpu-prof`. */
  readonly nodeArguments?: readonly string[];
  /** Shows the server's output as it comes. */
  readonly output?: (text: string) => void;
  readonly log?: (line: string) => void;
  readonly onProcess?: (pid: number | undefined) => void;
  readonly onGiveUp?: () => void;
}

/** A running application. */
export interface App {
  readonly url: string;
  /** The process is the server itself; it is started again when it dies. */
  readonly part: Part;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/**
 * Starts Next on loopback and resolves when this very process listens; a stranger on the port is never taken for it.
 * Throws a PlainError with the server's last lines when it ends first. Production mode wants `ensureBuild` before.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const preload = pathToFileURL(join(repositoryRoot, "dev/exit-with-parent.mjs")).href;
  const command = options.hot ? "dev" : "start";
  const part = supervise({
    title: "The application",
    log: options.log ?? (() => undefined),
    ...(options.onProcess && { onProcess: options.onProcess }),
    ...(options.onGiveUp && { onGiveUp: options.onGiveUp }),
    spawn() {
      const child = fork(nextCommand(), [command, "-p", String(options.port), "-H", "localhost"], {
        cwd: options.directory ?? repositoryRoot,
        execArgv: ["--import", preload, ...(options.nodeArguments ?? [])],
        env: {
          ...minimalEnvironment(),
          ...options.env,
          NODE_ENV: options.hot ? "development" : "production",
          NEXT_TELEMETRY_DISABLED: "1",
        },
        detached: true,
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      keepLog(child, options.logFile);
      if (options.output) {
        child.stdout?.on("data", (text: Buffer) => options.output?.(text.toString()));
        child.stderr?.on("data", (text: Buffer) => options.output?.(text.toString()));
      }
      return child;
    },
    ready: (child) => answering(child, options),
  });
  await part.start();
  return { url: `http://localhost:${String(options.port)}`, part, stop: () => part.stop() };
}

/**
 * The port is asked only after this process said that it listens, so a stranger is never taken for it. What checks its
 * configuration at start runs before the first answer.
 */
async function answering(child: ChildProcess, { port, logFile }: AppOptions): Promise<void> {
  const deadline = AbortSignal.timeout(startTimeoutMs);
  await new Promise<void>((resolve, reject) => {
    let printed = "";
    const read = (text: string | Buffer) => {
      printed += text.toString();
      if (!printed.includes("Ready in")) return;
      child.stdout?.off("data", read);
      resolve();
    };
    child.stdout?.on("data", read);
    deadline.addEventListener("abort", () => {
      reject(new PlainError(`The application did not start within a minute; see ${logFile}.`));
    });
  });
  const response = await fetch(`http://localhost:${String(port)}/`, { redirect: "manual", signal: deadline });
  await response.body?.cancel();
}
