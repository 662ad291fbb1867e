import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { expect, it, vi } from "vitest";
import { isRunning } from "./identity";
import { supervise } from "./supervise";

async function firstLine(child: ChildProcess): Promise<void> {
  if (child.stdout) await once(child.stdout, "data");
}

function part(script: string, ready = firstLine) {
  const log = vi.fn<(line: string) => void>();
  const supervised = supervise({
    title: "The part",
    log,
    spawn: () =>
      spawn(process.execPath, ["-e", script], { detached: true, stdio: ["ignore", "pipe", "pipe"] }),
    ready,
    stopTimeoutMs: 500,
  });
  return { log, supervised };
}

it("starts a killed part again and says so", async () => {
  const { log, supervised } = part("console.log('up'); setInterval(() => {}, 1000)");
  await supervised.start();
  const first = supervised.pid ?? 0;
  process.kill(first, "SIGKILL");
  await vi.waitFor(() => {
    expect(supervised.restarts).toBe(1);
  }, 5_000);

  expect(supervised.pid).not.toBe(first);
  expect(log.mock.calls.flat().join()).toContain(
    "The part ended by itself (signal SIGKILL); starting it again.",
  );
  await supervised.stop();
  expect(isRunning(first)).toBe(false);
});

it("stops a part that ignores the polite signal", async () => {
  const { supervised } = part(
    "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)",
  );
  await supervised.start();
  const pid = supervised.pid ?? 0;
  await supervised.stop();
  expect([supervised.pid, isRunning(pid)]).toEqual([undefined, false]);
});

it("tells why a part did not start", async () => {
  const { supervised } = part("console.error('no such file'); process.exit(3)");
  await expect(supervised.start()).rejects.toThrow(
    /ended before it was ready \(exit code 3\)[^]*no such file/,
  );
});

it("tells the last words of a part that cannot be reached and does not end", async () => {
  const { supervised } = part(
    "console.log('up'); console.error('no such provider'); setInterval(() => {}, 1000)",
    async (child) => {
      await firstLine(child);
      throw new TypeError("fetch failed");
    },
  );
  await expect(supervised.start()).rejects.toThrow(/cannot be reached \(fetch failed\)[^]*no such provider/);
  expect(supervised.pid).toBeUndefined();
});

it("tells the last words of a part that cannot be reached because it is ending", async () => {
  const { supervised } = part(
    "console.log('up'); setTimeout(() => { console.error('no such provider'); process.exit(3) }, 50)",
    async (child) => {
      await firstLine(child);
      throw new TypeError("fetch failed");
    },
  );
  await expect(supervised.start()).rejects.toThrow(
    /ended before it was ready \(exit code 3\)[^]*no such provider/,
  );
});
