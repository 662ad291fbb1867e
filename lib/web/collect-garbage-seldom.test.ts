import { spawnSync } from "node:child_process";
import { setFlagsFromString } from "node:v8";
import { expect, it, vi } from "vitest";
import { collectGarbageSeldom } from "./collect-garbage-seldom";

vi.mock("node:v8", () => ({ setFlagsFromString: vi.fn() }));

it("sets nothing that this Node.js does not know", () => {
  collectGarbageSeldom();
  const known = spawnSync(process.execPath, ["--v8-options"], { encoding: "utf8" }).stdout;
  const flags = vi.mocked(setFlagsFromString).mock.calls.map(([flag]) => flag.split("=")[0]);
  expect(flags).toHaveLength(2);
  for (const flag of flags) expect(known).toContain(`  ${String(flag)} (`);
});
