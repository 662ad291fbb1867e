import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import Piscina from "piscina";
import { afterAll, describe, expect, it, vi } from "vitest";
import { closeHashing } from "./hashing-threads";
import { HashingOverloadedError, hashPassword, inHashingQueue, verifyPassword } from "./password-hash";
import { configure } from "@/lib/test-environment";

configure({ PASSWORD_HASH_CONCURRENCY: "1", PASSWORD_HASH_QUEUE: "2" });

describe("the queue before the hashing threads", () => {
  it("turns away at once whoever is one too many, and takes the next when somebody is through", async () => {
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const inside = Array.from({ length: 3 }, () => inHashingQueue(() => slow));
    await expect(inHashingQueue(() => Promise.resolve("in"))).rejects.toThrow(HashingOverloadedError);
    finish();
    await Promise.all(inside);
    expect(await inHashingQueue(() => Promise.resolve("in"))).toBe("in");
  });

  it("has a place again after a failure", async () => {
    const failing = () => inHashingQueue(() => Promise.reject(new Error("no database")));
    for (let times = 0; times < 5; times += 1) await expect(failing()).rejects.toThrow("no database");
    expect(await inHashingQueue(() => Promise.resolve("in"))).toBe("in");
  });
});

describe("a password whose thread gets no processor", () => {
  afterAll(closeHashing);

  it("is given up after twenty seconds, new or known, so that nobody waits for ever", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const refused = [hashPassword("a password"), verifyPassword("a password", null)].map((answer) =>
      expect(answer).rejects.toThrow(HashingOverloadedError),
    );
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();
    await Promise.all(refused);
  });
});

const canYield = process.platform === "linux" && spawnSync("chrt", ["--version"]).status === 0;

describe.runIf(canYield)("a thread that hashes", () => {
  afterAll(closeHashing);

  it("gets a processor only while nobody else wants it", async () => {
    const before = new Set(idleThreads());
    expect(await verifyPassword("a password", null)).toBe(false);
    expect(idleThreads().filter((thread) => !before.has(thread))).toHaveLength(1);
  });

  it("competes as soon as none such gets through, for everybody who waits", async () => {
    const reachable = await hashPassword("a password");
    // What stops keeps its processor: a thread that is never given one looks just like this.
    const stuck = vi.spyOn(Piscina.prototype, "run").mockReturnValueOnce(new Promise(() => undefined));
    expect(await verifyPassword("a password", reachable)).toBe(true);
    expect(stuck).toHaveBeenCalledTimes(2);
    expect(await verifyPassword("a password", reachable)).toBe(true);
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
