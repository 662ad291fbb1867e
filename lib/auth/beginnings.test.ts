import { describe, expect, it } from "vitest";
import { findBeginning, forgetBeginning, rememberBeginning, type Beginning } from "./beginnings";
import { environment } from "@/lib/env";
import { signValue } from "@/lib/platform/crypto/signed-value";

const now = new Date("2026-01-01T00:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const beginning: Beginning = {
  provider: "oidc",
  returnTo: "/protected?a=1",
  parameters: { max_age: "0" },
  restarted: false,
};

/** Keeps and drops cookies as a browser does. */
function keep(jar: Map<string, string>, headers: readonly string[]): Map<string, string> {
  for (const header of headers) {
    const [pair = ""] = header.split(";");
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(pair.indexOf("=") + 1);
    if (header.includes("Max-Age=0")) jar.delete(name);
    else jar.set(name, value);
  }
  return jar;
}

function begun(...states: readonly string[]): Map<string, string> {
  const jar = new Map<string, string>();
  for (const [order, state] of states.entries())
    keep(jar, rememberBeginning(jar, state, later(order), beginning));
  return jar;
}

function only(jar: ReadonlyMap<string, string>): { name: string; value: string } {
  const [entry] = jar;
  if (entry === undefined) throw new Error("there is no cookie");
  return { name: entry[0], value: entry[1] };
}

describe("what a browser keeps of a sign-in that it began", () => {
  it("is found by the state and lasts a day", () => {
    const jar = begun("one", "two");
    expect(findBeginning(jar, "one", now)).toEqual(beginning);
    expect(findBeginning(jar, "one", later(24 * 60 * 60))).toEqual(beginning);
    expect(findBeginning(jar, "one", later(24 * 60 * 60 + 1))).toBeNull();
    for (const state of ["", "three", "on", "one "]) expect(findBeginning(jar, state, now)).toBeNull();
  });

  it("does not show the state, in no name and no value", () => {
    const { name, value } = only(begun("a-secret-state"));
    expect(name + Buffer.from(value, "base64url").toString()).not.toContain("a-secret-state");
  });

  it("is not believed when it was changed, or belongs to another state", () => {
    const { name, value } = only(begun("one"));
    const [body = "", mac = ""] = value.split(".");
    const evil = Buffer.from(body, "base64url").toString().replace("/protected?a=1", "/evil");
    for (const changed of ["", "x", `${Buffer.from(evil).toString("base64url")}.${mac}`])
      expect(findBeginning(new Map([[name, changed]]), "one", now)).toBeNull();
    const { name: other } = only(begun("two"));
    expect(findBeginning(new Map([[other, value]]), "two", now)).toBeNull();
  });

  it("is nothing when another purpose signed it, or another shape", () => {
    const { name } = only(begun("one"));
    const { AUTH_SECRET } = environment();
    for (const [text, purpose] of [
      ["{}", "gatehouse sign-in begun v1"],
      [JSON.stringify({ provider: "oidc" }), "another purpose"],
    ] as const)
      expect(findBeginning(new Map([[name, signValue(text, purpose, AUTH_SECRET)]]), "one", now)).toBeNull();
  });

  it("leads nowhere but to this site, whatever was signed", () => {
    const jar = new Map<string, string>();
    keep(jar, rememberBeginning(jar, "one", now, { ...beginning, returnTo: "//evil.example" }));
    expect(findBeginning(jar, "one", now)?.returnTo).toBeNull();
  });

  it("never piles up: four at most, none of them large", () => {
    const jar = begun("a", "b", "c", "d", "e", "f");
    expect(["a", "b"].map((state) => findBeginning(jar, state, now))).toEqual([null, null]);
    expect(["c", "d", "e", "f"].map((state) => findBeginning(jar, state, now)?.provider)).toEqual(
      Array(4).fill("oidc"),
    );
    const long = { ...beginning, returnTo: `/${"a".repeat(1_500)}` };
    keep(jar, rememberBeginning(jar, "long", later(9), long));
    expect(findBeginning(jar, "long", now)).toBeNull();
  });

  it("is forgotten once its answer has come", () => {
    const jar = begun("one", "two");
    keep(jar, forgetBeginning(jar, "one"));
    expect(findBeginning(jar, "one", now)).toBeNull();
    expect(findBeginning(jar, "two", now)).toEqual(beginning);
  });
});
