import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { minimalEnvironment } from "../../dev/launch/minimal-environment";
import { repositoryRoot, typescriptArguments } from "../../dev/launch/paths";
import type { Answers, Order } from "./orders";

/** A process that runs the product's verbs on the world's database, one order at a time. */
export class Inside {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(env: Readonly<Record<string, string>>): Promise<Inside> {
    const child = fork(fileURLToPath(new URL("./run.ts", import.meta.url)), {
      cwd: repositoryRoot,
      execArgv: ["--conditions=react-server", ...typescriptArguments],
      env: { ...minimalEnvironment(), ...env, NODE_ENV: "production" },
    });
    await answerOf(child);
    return new Inside(child);
  }

  async ask<Kind extends Order["kind"]>(order: Extract<Order, { kind: Kind }>): Promise<Answers[Kind]> {
    const answer = answerOf(this.#child);
    this.#child.send(order);
    return (await answer) as Answers[Kind];
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGTERM");
    await exited;
  }
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = ({ value, error }: { value?: unknown; error?: string }) => {
      child.off("exit", onExit);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    };
    const onExit = () => {
      child.off("message", onMessage);
      reject(new Error("The process that runs the verbs has ended."));
    };
    child.once("message", onMessage);
    child.once("exit", onExit);
  });
}
