import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { examine, faultyConfiguration } from "./examine";
import { count } from "./finding";
import { sql } from "@/db/client";
import { EnvironmentError } from "@/lib/env";
import { log } from "@/lib/platform/log";
import type { CheckGroup, Diagnosis } from "@/lib/shared/diagnosis";

// npm run doctor [-- --json]: what is misconfigured, and what to do about it. Ends with 1 when a check failed.
const marks = { ok: "  ok       ", warning: "  warning  ", failed: "  FAILED   " };
const indent = " ".repeat(marks.ok.length);

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
// What is printed is the finding alone.
log.level = "silent";

// As `next start` reads them: the first that sets a variable wins, the process's own environment before all.
for (const file of [".env.production.local", ".env.local", ".env.production", ".env"])
  if (existsSync(file)) process.loadEnvFile(file);

const diagnosis = await look();
if (values.json) console.log(JSON.stringify(diagnosis, null, 2));
else print(diagnosis);
process.exitCode = diagnosis.status === "failed" ? 1 : 0;

async function look(): Promise<Diagnosis> {
  try {
    const found = await examine();
    await sql().end({ timeout: 5 });
    return found;
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return faultyConfiguration(error);
  }
}

function print({ groups, settings }: Diagnosis): void {
  for (const group of groups) printGroup(group);
  const set = settings.filter(({ source }) => source === "set");
  if (set.length > 0) console.log("\nSet in this environment");
  for (const { name, value } of set) console.log(`  ${name}: ${value ?? "(not shown)"}`);
  const all = groups.flatMap(({ findings }) => findings);
  const number = (status: string) => all.filter((finding) => finding.status === status).length;
  const failures = number("failed");
  const outcome = failures === 0 ? "Nothing failed" : `${count(failures, "check")} failed`;
  console.log(`\n${outcome}, ${count(number("warning"), "warning")}.`);
}

function printGroup(group: CheckGroup): void {
  console.log(`\n${group.title}`);
  for (const [what, address] of Object.entries(group.register))
    console.log(`  register ${what.padEnd(20)} ${address}`);
  for (const { status, text, fix } of group.findings)
    console.log(marks[status] + text + (fix === null ? "" : `\n${indent}${fix}`));
}
