import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { hashSync } from "@node-rs/argon2";
import Piscina from "piscina";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as hashingThreads from "./hashing-threads";
import { configure } from "@/lib/test-environment";

configure({ PASSWORD_HASH_CONCURRENCY: "1" });

const canYield = process.platform === "linux" && spawnSync("chrt", ["--version"]).status === 0;

describe.runIf(canYield)("a thread that hashes", () => {
  const password = "a password";
  const task = { password, hash: hashSync(password), options: {} };
  let threads: typeof hashingThreads;

  // A machine that was busy in one test is not for that in the next.
  beforeEach(async () => {
    vi.resetModules();
    Reflect.deleteProperty(globalThis, "gatehouseHashing");
    threads = await import("./hashing-threads");
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await threads.closeHashing();
  });

  it("gets a processor only while nobody else wants it", async () => {
    const before = new Set(idleThreads());
    const answer = threads.inThread(task);
    await vi.waitFor(() => {
      expect(idleThreads().filter((thread) => !before.has(thread))).toHaveLength(1);
    });
    expect(await answer).toBe(true);
  });

  it("competes as soon as none such gets through, for everybody who waits", async () => {
    // It starts, and nobody hears of its end: a thread that is never given a processor looks just like this.
    const start: Piscina["run"] = Reflect.get(Piscina.prototype, "run");
    const stuck = vi.spyOn(Piscina.prototype, "run").mockImplementationOnce(function (this: Piscina, given) {
      start.call(this, given).catch(() => undefined);
      return new Promise(() => undefined);
    });
    expect(await threads.inThread(task)).toBe(true);
    expect(stuck).toHaveBeenCalledTimes(2);
    expect(await threads.inThread(task)).toBe(true);
    await vi.waitFor(() => {
      expect(idleThreads()).toEqual([]);
    });
  });
});

/** The threads of this process with SCHED_IDLE, the 41st field of their state (proc_pid_stat(5)). */
function idleThreads(): string[] {
  return readdirSync("/proc/self/task").filter((thread) => {
    const state = readFileSync(`/proc/self/task/${thread}/stat`, "utf8");
    return state.slice(state.lastIndexOf(")") + 2).split(" ")[38] === "5";
  });
}
