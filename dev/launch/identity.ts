import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Names a living process so that a recycled pid is not taken for it: start time and boot on Linux, the start time that
 * `ps` tells elsewhere. Undefined when the process is gone (a zombie counts as gone).
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform !== "linux") return portableIdentity(pid);
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // The command name may hold spaces and brackets; the fields start after the last bracket.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${fields[19] ?? ""}`;
  } catch {
    return undefined;
  }
}

function portableIdentity(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** True while exactly the process that was recorded lives. */
export function isAlive(recorded: { pid: number; identity: string }): boolean {
  return processIdentity(recorded.pid) === recorded.identity;
}

/** The command line of a living process, empty when it is gone or not ours to see. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === "linux")
      return readFileSync(`/proc/${String(pid)}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** True while a process with this pid runs; a zombie, which an init that does not reap leaves behind, does not. */
export function isRunning(pid: number): boolean {
  if (process.platform === "linux") return processIdentity(pid) !== undefined;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
