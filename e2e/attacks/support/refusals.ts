import { expect } from "@playwright/test";
import { outcomes, type OutcomeCode } from "../../../lib/shared/outcomes";
import { refusal, saw, signedIn } from "../../conformance/conforms";
import type { Scenario } from "../../peers/provider/scenario";
import { signInAtPeer, type SignInEnd } from "./oidc";
import type { Stage } from "./stage";
import { Visitor } from "./visitor";

const logged = { timeout: 3_000 };

/** The reference of an outcome page is on the page and finds a line of the log that names the outcome, no secret in it. */
export async function expectLogged(stage: Stage, end: SignInEnd): Promise<void> {
  if (end.kind !== "refused") throw new Error("nothing was refused");
  expect(end.page).toContain(end.reference);
  const lines = () => stage.entries(end.reference).map((entry) => JSON.stringify(entry));
  await expect.poll(() => lines().join("\n"), logged).toContain(end.code);
  expect(secretsIn(stage, end.page)).toEqual([]);
  expect(secretsIn(stage, lines().join("\n")), "secrets in the log").toEqual([]);
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

/** A sign-in that must end at the page of this outcome: with its status, its sentence, a line in the log, and no row. */
export function expectRefusal(
  stage: Stage,
  visitor: Visitor,
  scenario: Scenario,
  code: OutcomeCode,
): Promise<void> {
  return expectRefused(stage, visitor, () => signInAtPeer(visitor, stage.peer, scenario), code);
}

/** As {@link expectRefusal}, for whatever `attempt` does with the visitor's browser. */
export async function expectRefused(
  stage: Stage,
  visitor: Visitor,
  attempt: () => Promise<SignInEnd>,
  code: OutcomeCode,
): Promise<void> {
  const before = await stage.rows.counts();
  const end = await attempt();
  expect(end).toMatchObject({ kind: "refused", code, status: outcomes[code].status });
  if (end.kind !== "refused") return;
  expect(end.page).toContain(asHtml(outcomes[code].title));
  expect(end.page).toContain(asHtml(outcomes[code].sentence));
  expect(await stage.rows.counts(), "rows").toEqual(before);
  expect(visitor.sessionCookie).toBeUndefined();
  expect(stage.peer.requests.filter(({ endpoint }) => endpoint === "evil")).toEqual([]);
  await expectLogged(stage, end);
  saw(refusal(end.code, end.status));
}

/** Several sign-ins at once, each in a browser of its own, that must all end at this outcome. For answers that take long. */
export async function expectRefusals(
  stage: Stage,
  scenarios: readonly Scenario[],
  code: OutcomeCode,
): Promise<void> {
  const before = await stage.rows.counts();
  const ends = await Promise.all(
    scenarios.map((scenario) => signInAtPeer(new Visitor(stage.url), stage.peer, scenario)),
  );
  for (const end of ends) {
    expect(end).toMatchObject({ kind: "refused", code, status: outcomes[code].status });
    await expectLogged(stage, end);
  }
  expect(await stage.rows.counts(), "rows").toEqual(before);
  saw(refusal(code));
}

/** A sign-in that must succeed: the profile is there and shows who it is. */
export async function expectAccepted(
  stage: Stage,
  visitor: Visitor,
  scenario: Scenario,
  name = "Peer Person",
): Promise<void> {
  const end = await signInAtPeer(visitor, stage.peer, scenario);
  expect(end).toEqual({ kind: "signed-in", location: "/profile" });
  const profile = await visitor.get("/profile");
  expect(profile.status).toBe(200);
  expect(profile.text).toContain(asHtml(name));
  saw(signedIn);
}

function asHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("'", "&#x27;").replaceAll('"', "&quot;");
}
