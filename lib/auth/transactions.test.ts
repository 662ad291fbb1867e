import { describe, expect, it } from "vitest";
import { cookieHeader, readCookies } from "./cookie-header";
import { transactionCookieNames } from "./cookies";
import { findTransaction, forgetTransaction, makeRoom, nameTransaction } from "./transactions";

const names = transactionCookieNames();
const started = new Date("2026-01-01T00:00:00Z");

function begun(states: readonly string[]): Map<string, string> {
  const jar = new Map<string, string>();
  for (const [order, state] of states.entries())
    for (const header of nameTransaction(
      names.map((name) => `${name}=${state}-${name}; Path=/`),
      state,
      new Date(started.getTime() + order * 1_000),
    )) {
      const [pair = ""] = header.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
  return jar;
}

const ended = (headers: readonly string[]) => headers.map((header) => header.slice(0, header.indexOf("=")));

describe("sign-ins under way (field notes 17 and 29)", () => {
  it("keep their cookies apart and find them by the state alone", () => {
    const jar = begun(["one", "two"]);
    expect(jar.size).toBe(2 * names.length);
    expect([...(findTransaction(jar, "one") ?? [])]).toEqual(names.map((name) => [name, `one-${name}`]));
    for (const state of ["", "three", "on", "one ", "__proto__"])
      expect(findTransaction(jar, state)).toBeNull();
  });

  it("leave other cookies as they are", () => {
    expect(nameTransaction(["other=1; Path=/", `${names[0] ?? ""}x=1`], "s", started)).toEqual([
      "other=1; Path=/",
      `${names[0] ?? ""}x=1`,
    ]);
  });

  it("do not show the state in a cookie's name", () => {
    expect([...begun(["secret-state"]).keys()].join()).not.toContain("secret-state");
  });

  it("are used once", () => {
    const jar = begun(["one", "two"]);
    const headers = forgetTransaction(jar, "one");
    expect(headers).toHaveLength(names.length);
    for (const header of headers) expect(header).toContain("Max-Age=0");
    for (const name of ended(headers)) jar.delete(name);
    expect(findTransaction(jar, "one")).toBeNull();
    expect(findTransaction(jar, "two")).not.toBeNull();
  });

  it("make room by forgetting the oldest", () => {
    expect(makeRoom(begun(["one", "two"]))).toEqual([]);
    const jar = begun(["a", "b", "c", "d", "e", "f"]);
    for (const name of ended(makeRoom(jar))) jar.delete(name);
    expect(["a", "b", "c"].map((state) => findTransaction(jar, state))).toEqual([null, null, null]);
    expect(findTransaction(jar, "f")).not.toBeNull();
    expect(jar.size).toBeLessThan(4 * names.length);
  });

  it("clear what somebody planted under their names", () => {
    const planted = new Map<string, string>(
      Array.from({ length: 50 }, (_, at) => [`${names[0] ?? ""}.tzzzz-${String(at)}`, "x"]),
    );
    const left = ended(makeRoom(planted)).filter((name) => planted.has(name)).length;
    expect(planted.size - left).toBeLessThan(4);
  });
});

describe("the Cookie header", () => {
  const read = (cookie: string) => Object.fromEntries(readCookies(new Headers({ cookie })));

  it("is read leniently, the first of a name counts", () => {
    expect(read("a=1; b=2;c=3")).toEqual({ a: "1", b: "2", c: "3" });
    expect(read("a=1; a=2")).toEqual({ a: "1" });
    expect(read("a=b=c; ; novalue; d=")).toEqual({ a: "b=c", d: "" });
  });

  it("comes back as it was", () => {
    expect(cookieHeader(readCookies(new Headers({ cookie: "a=1; b=2" })))).toBe("a=1; b=2");
    expect(readCookies(new Headers()).size).toBe(0);
  });

  it("reads a member of every object as a name like any other", () => {
    expect(readCookies(new Headers({ cookie: "__proto__=1; constructor=2" })).get("constructor")).toBe("2");
    expect(readCookies(new Headers()).get("toString")).toBeUndefined();
  });
});
