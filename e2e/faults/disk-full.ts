import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "../../dev/launch/command";
import { PlainError } from "../../dev/launch/plain-error";
import { judge, missing, type Fault, type Outcome } from "./support/fault";
import { underLoad } from "./support/load";
import { openSetting, type Setting } from "./support/setting";
import { until } from "./support/until";

const megabytes = 400;

export const diskFull: Fault = {
  name: "disk-full",
  expects:
    "what has to write says 503; once there is room again, everything goes on and nobody was signed out",
  async runAlone({ full }) {
    const disk = mkdtempSync(join(tmpdir(), "gatehouse-disk-"));
    const mounted = await runCommand(
      "mount",
      ["-t", "tmpfs", "-o", `size=${String(megabytes)}m,mode=755`, "none", disk],
      process.env,
    );
    if (!mounted.ok) throw new PlainError(`A small disk wants root and mount: ${mounted.output.trim()}`);
    try {
      const setting = await openSetting({ full, stateDir: stateWithClusterOn(disk) });
      try {
        return await fill(setting, join(disk, "filler"));
      } finally {
        await setting.close();
      }
    } finally {
      await runCommand("umount", ["-l", disk], process.env);
      rmdirSync(disk);
    }
  },
};

/** A state directory whose cluster, and nothing else, is on the disk: the application's log has room. */
function stateWithClusterOn(disk: string): string {
  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-faults-"));
  mkdirSync(join(stateDir, "postgres"), { mode: 0o711 });
  symlinkSync(disk, join(stateDir, "postgres/data"));
  return stateDir;
}

async function fill(setting: Setting, filler: string): Promise<Outcome> {
  const { sql, world } = setting;
  let [refused, killed] = ["", ""];
  await sql`create table fault_filler (text text)`;
  const load = await underLoad(setting, async ({ broken, mended }) => {
    broken();
    takeAllRoom(filler);
    refused = await firstRefusal(
      () => sql`insert into fault_filler select repeat('x', 1900) from generate_series(1, 500)`,
    );
    await sleep(setting.full ? 60_000 : 20_000);
    // Small rows find room in pages and log that are there already; without room for its log the server ends.
    killed = await firstRefusal(
      () => sql`select pg_logical_emit_message(false, 'fault', repeat('x', 1000000))`,
    );
    await sleep(setting.full ? 60_000 : 10_000);
    rmSync(filler);
    await world.parts.postgres!.start();
    await until(async () => (await sql`select 1 as one`).length === 1);
    mended();
  });
  return {
    load,
    seen: `a table was refused with ${refused}, the log with ${killed}`,
    unmet: [
      ...judge(load, { failures: [/ 503$/, /^sign-in 200$/], backWithin: 10 }),
      ...missing({
        "a table could not grow": refused === "53100",
        "the log could not grow": killed !== "",
        "somebody noticed": load.failures.size > 0,
      }),
    ],
  };
}

/** Writes until PostgreSQL refuses. @returns the code of the refusal */
async function firstRefusal(write: () => Promise<unknown>): Promise<string> {
  for (let times = 0; times < 200; times += 1)
    try {
      await write();
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  return "";
}

function takeAllRoom(file: string): void {
  const opened = openSync(file, "w");
  try {
    for (const size of [1 << 20, 1 << 12]) {
      const block = Buffer.alloc(size, 1);
      try {
        for (;;) writeSync(opened, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    }
  } finally {
    closeSync(opened);
  }
}
