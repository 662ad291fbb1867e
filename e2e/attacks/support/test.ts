import { randomBytes } from "node:crypto";
import { test as base } from "../../fixtures";
import { signedInVisitor } from "./oidc";
import { startStage, type Stage } from "./stage";
import type { LocalPerson } from "./forms";
import { Visitor } from "./visitor";

interface AttackFixtures {
  /** A browser without a window, signed out. */
  visitor: Visitor;
  /** Somebody new who has signed in at the peer. */
  member: Visitor;
}

/** A test on a stage that it shares with the tests before and after it, never with one at the same time. */
export const test = base.extend<AttackFixtures & { peersBehave: undefined }, { stage: Stage }>({
  stage: [
    async ({ world }, provide) => {
      const stage = await startStage(world);
      await provide(stage);
      await stage.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  peersBehave: [
    async ({ stage }, provide) => {
      await provide(undefined);
      stage.peer.reset();
      stage.api.answer = null;
      stage.database.restore();
    },
    { auto: true },
  ],

  visitor: async ({ stage }, provide) => {
    await provide(new Visitor(stage.url));
  },

  member: async ({ stage }, provide) => {
    await provide(await signedInVisitor(stage.url, stage.peer));
  },
});

export { expect } from "@playwright/test";

/** What a test proves: names of the official OpenID relying-party tests, sections of ASVS 5.0, rows (`row 21`) of abilities. */
export function proves(...what: readonly string[]): { annotation: { type: string; description: string }[] } {
  return {
    annotation: what.map((description) => ({
      type: description.startsWith("row ")
        ? "row"
        : /^\d/.test(description)
          ? "asvs"
          : description.startsWith("oidcc-")
            ? "oidf"
            : "field-note",
      description,
    })),
  };
}

/** Somebody who has no account yet. */
export function stranger(): LocalPerson {
  const username = `mallory-${randomBytes(6).toString("hex")}`;
  return {
    username,
    email: `${username}@example.com`,
    password: `a long walk ${randomBytes(6).toString("hex")}`,
  };
}
