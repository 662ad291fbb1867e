import { spawn } from "node:child_process";
import { repositoryRoot } from "./paths";

/** How a command ended. */
export interface Outcome {
  readonly ok: boolean;
  /** Everything that it printed. */
  readonly output: string;
}

/**
 * Runs one program to its end, without a shell, in the repository. It gets exactly the variables given, and an
 * interrupt ends it with us.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: repositoryRoot,
      env: env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const end = () => child.kill("SIGTERM");
    process.once("exit", end);
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
    }
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", end);
      resolve({ ok: code === 0, output: chunks.join("") });
    });
  });
}
