import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "../launch/command";
import { isAlive, processIdentity } from "../launch/identity";
import { nextCommand, repositoryRoot } from "../launch/paths";
import { PlainError } from "../launch/plain-error";
import { sourceFingerprint } from "./fingerprint";

const record = join(repositoryRoot, ".next/gatehouse-build.json");
const lock = join(repositoryRoot, "node_modules/.cache/gatehouse-build.lock");

/**
 * Builds the application for production unless the present build is of these very sources. Two launchers take turns.
 * Answers whether it built. Throws a PlainError with the build's output when it fails.
 */
export async function ensureBuild(): Promise<"built" | "kept"> {
  if (isBuilt(sourceFingerprint())) return "kept";
  await takeLock();
  try {
    const fingerprint = sourceFingerprint();
    if (isBuilt(fingerprint)) return "kept";
    rmSync(record, { force: true });
    // The image is tested from the same build.
    const settings = {
      NODE_ENV: "production",
      NEXT_OUTPUT: "standalone",
      NEXT_TELEMETRY_DISABLED: "1",
    } as const;
    const env = { ...process.env, ...settings };
    const { ok, output } = await runCommand(process.execPath, [nextCommand(), "build"], env);
    if (!ok) throw new PlainError(`The application does not build.\n${output}`);
    writeFileSync(record, JSON.stringify({ fingerprint }));
    return "built";
  } finally {
    rmSync(lock, { force: true });
  }
}

function isBuilt(fingerprint: string): boolean {
  try {
    const { fingerprint: built } = JSON.parse(readFileSync(record, "utf8")) as { fingerprint: string };
    return built === fingerprint && existsSync(join(repositoryRoot, ".next/BUILD_ID"));
  } catch {
    return false;
  }
}

async function takeLock(): Promise<void> {
  mkdirSync(join(lock, ".."), { recursive: true });
  for (;;) {
    try {
      const file = openSync(lock, "wx");
      writeSync(file, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
      closeSync(file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    await sleep(200);
    if (!isHeld()) rmSync(lock, { force: true });
  }
}

function isHeld(): boolean {
  try {
    return isAlive(JSON.parse(readFileSync(lock, "utf8")) as { pid: number; identity: string });
  } catch {
    return false;
  }
}
