import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { entryPolicy } from "./routes-entries";

const root = path.join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

const entries = readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" })
  .map((file) => `app/${file.replaceAll("\\", "/")}`)
  .filter((file) => /\/(route|actions)\.ts$/.test(file))
  .flatMap((file) => {
    const source = read(file);
    const found = [...source.matchAll(/^export (?:async function|const) (\w+)/gm)];
    return found.map(({ 1: name, index }, at) => ({
      entry: `${file}#${name!}`,
      file,
      text: source.slice(index, found[at + 1]?.index),
    }));
  });

/** What asks for a session, and says so to whoever has none. */
const gates = /\b(runPersonForm|runPersonAction|requireViewer|runAction|apiRoute|currentViewer|endpoint)[(<]/;

/** The permissions that the verbs ask for which a piece of a file calls. */
function askedBy(file: string, text: string): string[] {
  const imports = [...read(file).matchAll(/^import \{([^}]+)\} from "@\/(lib\/domain\/[^"]+)";/gm)];
  return imports.flatMap(([, names = "", from = ""]) => {
    const called = names.split(",").some((name) => {
      const local = name.trim().split(" as ").at(-1) ?? "";
      return new RegExp(`\\b${local}\\(`).test(text);
    });
    const verb = `${from}.ts`;
    if (!called || !existsSync(path.join(root, verb))) return [];
    // `actOn` asks for the permission that it is given.
    const asked = /requirePermission\(\w+, "([^"]+)"\)|actOn\(\w+, \{ permission: "([^"]+)"/g;
    return [...read(verb).matchAll(asked)].map(([, named, acted]) => named ?? acted!);
  });
}

describe("every action and route handler of app/ (ASVS 8.2.1, 8.3.1)", () => {
  it("has a policy, and every policy an action or route handler", () => {
    expect(entries.map(({ entry }) => entry).sort()).toEqual(Object.keys(entryPolicy).sort());
  });

  it.each(entries)("$entry asks for what its policy says", ({ entry, file, text }) => {
    const policy = entryPolicy[entry];
    if (policy?.kind === "everyone") {
      expect(askedBy(file, text)).toEqual([]);
      return;
    }
    expect(text).toMatch(gates);
    if (policy?.kind === "permission") expect(askedBy(file, text)).toContain(policy.permission);
    else expect(askedBy(file, text)).toEqual([]);
  });

  it.each(entries)(
    "$entry stands in docs/entrypoints.md with that access (ASVS 8.1.1)",
    ({ entry, file }) => {
      const name = entry.split("#")[1]!;
      const row = read("docs/entrypoints.md")
        .split("\n")
        .map((line) => line.split("|").map((cell) => cell.trim()))
        .find((cells) => cells[1] === `\`${name}\`` && cells.includes(`\`${file}\``));
      const policy = entryPolicy[entry]!;
      const words =
        policy.kind === "permission" ? `permission \`${policy.permission}\`` : policy.kind.replace("-", " ");
      const said = row?.[3] ?? "";
      if (policy.kind === "everyone") expect(said).not.toMatch(/^(signed in|permission)/);
      else expect(said.startsWith(words), said).toBe(true);
    },
  );
});
