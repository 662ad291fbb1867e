import { expect } from "@playwright/test";
import type { OutcomeCode } from "../../../lib/shared/outcomes";
import type { Scenario } from "../../peers/provider/scenario";
import { signInAtPeer, type SignInEnd } from "./oidc";
import type { Stage } from "./stage";
import type { Visitor } from "./visitor";

const logged = { timeout: 3_000 };

/** The reference of an outcome page is on the page and finds a line of the log that names the outcome, no secret in it. */
export async function expectLogged(stage: Stage, end: SignInEnd): Promise<void> {
  if (end.kind !== "refused") throw new Error("nothing was refused");
  expect(end.page).toContain(end.reference);
  const lines = () => stage.entries(end.reference).map((entry) => JSON.stringify(entry));
  await expect.poll(() => lines().join("\n"), logged).toContain(end.code);
  expect(secretsIn(stage, end.page)).toEqual([]);
}

/** Secrets of the stage that a text shows. */
export function secretsIn({ env, peer }: Stage, text: string): string[] {
  const grants = text.match(/\b(code|access|refresh)-[\w-]{32}\b|\beyJ[\w-]{20,}/g) ?? [];
  const configured = [
    env["AUTH_SECRET"],
    env["TOKEN_ENCRYPTION_KEYS"],
    env["DATABASE_URL"],
    peer.client.secret,
  ];
  return [
    ...grants,
    ...configured.filter((secret) => secret !== undefined && text.includes(secret)),
  ] as string[];
}

/** A sign-in that must end at this outcome, with this status, a line in the log, and nothing written. */
export async function expectRefusal(
  stage: Stage,
  visitor: Visitor,
  scenario: Scenario,
  expected: { readonly code: OutcomeCode; readonly status: number },
): Promise<void> {
  const before = await stage.rows.counts();
  const end = await signInAtPeer(visitor, stage.peer, scenario);
  expect(end).toMatchObject({ kind: "refused", ...expected });
  expect(await stage.rows.counts()).toEqual(before);
  expect(visitor.sessionCookie).toBeUndefined();
  await expectLogged(stage, end);
}
