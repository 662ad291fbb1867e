import { test } from "@playwright/test";
import { outcomes, type OutcomeCode } from "../../lib/shared/outcomes";

/** What a test of docs/conformance.md is about. */
interface Conforms {
  /** What must come of it, in a few words. */
  readonly expected: string;
  /** Lines of `plans.json` that it proves. */
  readonly lines?: readonly string[];
  /** Sections of ASVS 5.0. */
  readonly asvs?: readonly string[];
  /** Field notes that it keeps from coming back. */
  readonly notes?: readonly number[];
}

/** Puts a test into docs/conformance.md. Say what came of it with {@link saw}. */
export function conforms({ expected, lines = [], asvs = [], notes = [] }: Conforms): {
  tag: "@conformance";
  annotation: { type: string; description: string }[];
} {
  const of = (type: string, values: readonly unknown[]) =>
    values.map((value) => ({ type, description: String(value) }));
  return {
    tag: "@conformance",
    annotation: [
      ...of("line", lines),
      ...of("asvs", asvs),
      ...of("field-note", notes),
      ...of("expected", [expected]),
    ],
  };
}

/** Notes what came of a test. The same thing must be said the same way in every run: no names, no times. */
export function saw(seen: string): void {
  test.info().annotations.push({ type: "seen", description: seen });
}

/** How a refusal is described, expected or seen. */
export function refusal(code: OutcomeCode, status: number = outcomes[code].status): string {
  return `${String(status)} \`${code}\`, nothing written`;
}

export const signedIn = "signed in, the profile shows who it is";
