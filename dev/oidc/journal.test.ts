import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Journal } from "./journal";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-journal-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it("gives back after a kill what it took before", () => {
  const before = new Journal(folder);
  before.set("a", { n: 1 });
  before.set("b", "gone");
  before.delete("b");
  before.change("a", (value) => ({ ...(value as object), consumed: true }));

  const after = new Journal(folder);
  expect(after.get("a")).toEqual({ n: 1, consumed: true });
  expect(after.get("b")).toBeUndefined();
});

it("loses nothing but a line that a kill has torn", () => {
  new Journal(folder).set("a", 1);
  appendFileSync(join(folder, "journal.ndjson"), '["b",{"val');

  const after = new Journal(folder);
  after.set("c", 3);
  expect([after.get("a"), after.get("b")]).toEqual([1, undefined]);
  expect(new Journal(folder).get("c")).toBe(3);
});

it("forgets what has expired, also on disk", () => {
  const journal = new Journal(folder);
  journal.set("a", 1, -1);
  journal.set("b", 2, 60);
  expect([journal.get("a"), journal.get("b")]).toEqual([undefined, 2]);

  expect([...new Journal(folder).entries("")]).toEqual([["b", 2]]);
  expect(readFileSync(join(folder, "journal.ndjson"), "utf8")).not.toContain('"a"');
});

it("does not let a caller change what is stored", () => {
  const journal = new Journal(folder);
  journal.set("a", { list: [1] });
  (journal.get("a") as { list: number[] }).list.push(2);
  expect(journal.get("a")).toEqual({ list: [1] });
});
