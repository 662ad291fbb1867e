import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from "node:fs";
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

/** A table that grows is the shortest way to a write that finds no room. */
const growing = "fault_filler";

export const diskFull: Fault = {
  name: "disk-full",
  expects:
    "what has to write says 503; once there is room again, everything goes on and nobody was signed out",
  async runAlone({ full }) {
    const folder = mkdtempSync(join(tmpdir(), "gatehouse-disk-"));
    const mounted = await runCommand(
      "mount",
      ["-t", "tmpfs", "-o", `size=${String(megabytes)}m,mode=755`, "none", folder],
      process.env,
    );
    if (!mounted.ok) throw new PlainError(`A small disk wants root and mount: ${mounted.output.trim()}`);
    try {
      const setting = await openSetting({ full, stateDir: folder });
      try {
        return await fill(setting, join(folder, "filler"));
      } finally {
        await setting.close();
      }
    } finally {
      await runCommand("umount", ["-l", folder], process.env);
      rmdirSync(folder);
    }
  },
};

async function fill(setting: Setting, filler: string): Promise<Outcome> {
  const { sql, world } = setting;
  let refused = "";
  await sql`create table ${sql(growing)} (text text)`;
  const load = await underLoad(setting, async ({ broken, mended }) => {
    broken();
    takeAllRoom(filler);
    for (let times = 0; refused === "" && times < 200; times += 1)
      await sql`insert into ${sql(growing)} select repeat('x', 1900) from generate_series(1, 500)`.catch(
        (error: unknown) => (refused = (error as { code?: string }).code ?? String(error)),
      );
    await sleep(setting.full ? 60_000 : 10_000);
    rmSync(filler);
    await world.parts.postgres!.start();
    await until(async () => (await sql`select 1 as one`).length === 1);
    mended();
  });
  return {
    load,
    seen: `PostgreSQL refused with ${refused}`,
    unmet: [
      ...judge(load, { failures: [/ 503$/, /^sign-in 200$/], backWithin: 10 }),
      ...missing({ "the disk was full": refused !== "" }),
    ],
  };
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
