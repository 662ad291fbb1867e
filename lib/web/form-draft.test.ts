import { beforeEach, describe, expect, it, vi } from "vitest";
import { draftOf, forgetDraft, keepDraft } from "./form-draft";
import { emptyFormState } from "@/lib/shared/form-state";
import type { Viewer } from "@/lib/shared/views";

const jar = vi.hoisted(() => new Map<string, string>());

vi.mock("next/headers", () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
      set: (name: string, value: string) => (value === "" ? jar.delete(name) : jar.set(name, value)),
    }),
}));

const person = { userId: "1d8ac0e5-2a8c-4b1a-9e07-4e8e2a1d0f55" } as Viewer;
const somebodyElse = { userId: "5c6df0a1-7c4f-4f6e-8a4c-0c1d7c7d3b11" } as Viewer;
const values = { email: "new@example.org" };

beforeEach(() => {
  jar.clear();
});

describe("what a person typed before a confirmation", () => {
  it("comes back into the same form, for the same person", async () => {
    await keepDraft("/settings/a", person, values);
    expect(await draftOf("/settings/a", person)).toEqual({ ...emptyFormState, values });
    expect(await draftOf("/settings/b", person)).toEqual(emptyFormState);
    expect(await draftOf("/settings/a", somebodyElse)).toEqual(emptyFormState);
  });

  it("cannot be written by anybody else", async () => {
    await keepDraft("/settings/a", person, values);
    const [name, signed] = [...jar][0]!;
    jar.set(name, JSON.stringify(values));
    expect(await draftOf("/settings/a", person)).toEqual(emptyFormState);
    const [, mac = ""] = signed.split(".");
    jar.set(name, `${Buffer.from('{"email":"thief@example.org"}').toString("base64url")}.${mac}`);
    expect(await draftOf("/settings/a", person)).toEqual(emptyFormState);
  });

  it("is forgotten with its form, and never too large for a cookie", async () => {
    await keepDraft("/settings/a", person, { note: "x".repeat(4_000) });
    expect(jar.size).toBe(0);
    await keepDraft("/settings/a", person, values);
    await forgetDraft("/settings/b", person);
    expect(jar.size).toBe(1);
    await forgetDraft("/settings/a", person);
    expect(jar.size).toBe(0);
  });
});
