import { execFileSync } from "node:child_process";
import { readlinkSync } from "node:fs";
import os from "node:os";
import { hashSync, verifySync } from "@node-rs/argon2";

/**
 * Has the calling thread get a processor only while nobody else wants it, and give it up at once (SCHED_IDLE of sched(7)).
 * Node.js has no call for it. Linux alone can do it.
 * @throws where it cannot be done
 */
function yieldAlways() {
  const thread = readlinkSync("/proc/thread-self").split("/").at(-1) ?? "";
  execFileSync("chrt", ["--idle", "--pid", "0", thread], { stdio: "ignore", timeout: 2_000 });
}

/** On Linux this lowers the calling thread alone, so that pages go first while passwords are checked. */
function yieldOften() {
  try {
    os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A container may forbid it; hashing then competes on equal terms.
  }
}

if (process.argv.includes("--yield-always")) {
  try {
    yieldAlways();
  } catch {
    yieldOften();
  }
} else yieldOften();

/** @param {{ password: string, hash: string | null, options: import("@node-rs/argon2").Options }} task */
export default function run({ password, hash, options }) {
  return hash === null ? hashSync(password, options) : verifySync(hash, password);
}
