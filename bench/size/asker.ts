import { fork } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Answers, Order } from "./orders";
import { minimalEnvironment } from "../../dev/launch/minimal-environment";
import { repositoryRoot, typescriptArguments } from "../../dev/launch/paths";
import { withTestDatabase } from "../../dev/testing/database";
import { fill, type Amounts } from "../seed/fill";

export type Asker = (order: Order) => Promise<Answers>;

/** Makes and fills a database, gives `work` a process that asks it, and removes both. */
export function withFilled<T>(amounts: Amounts, work: (ask: Asker) => Promise<T>): Promise<T> {
  return withTestDatabase(mkdtempSync(join(tmpdir(), "gatehouse-size-")), async (env) => {
    await fill(env["DATABASE_URL"] ?? "", amounts);
    const child = fork(fileURLToPath(new URL("./ask.ts", import.meta.url)), {
      cwd: repositoryRoot,
      execArgv: ["--conditions=react-server", ...typescriptArguments],
      env: { ...minimalEnvironment(), ...env, NODE_ENV: "production", LOG_LEVEL: "error" },
    });
    const ended = new Promise<never>((_, reject) => {
      child.once("exit", () => {
        reject(new Error("The process that asks has ended."));
      });
    });
    ended.catch(() => undefined);
    const ask: Asker = (order) => {
      const answer = new Promise<Answers>((resolve) => child.once("message", resolve));
      child.send(order);
      return Promise.race([answer, ended]);
    };
    try {
      return await work(ask);
    } finally {
      child.disconnect();
      await ended.catch(() => undefined);
    }
  });
}
