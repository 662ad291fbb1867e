import { at, kinds, readAtOnce } from "../tokens/support/readers";
import { setRemaining } from "../tokens/support/database";
import { expect, test } from "../tokens/support/test";
import { conforms, saw } from "../conformance/conforms";
import { isSignedIn, send } from "./support/back-channel";

test.describe.configure({ mode: "default" });

test(
  "a logout token that was used at one instance is refused at the other, and the session has ended at both",
  conforms({ lines: ["bcl:replay"], expected: "200 at one, 400 at the other; signed out at both" }),
  async ({ pair }) => {
    const { peer, instances } = pair;
    const subject = `two-instances|${String(Math.random())}`;
    const person = await pair.signIn({ subject });
    const token = await peer.signLogoutToken({ sub: subject });
    const [one, other] = instances.all;
    const answers = await Promise.all([send(one, token), send(other, token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await Promise.all(instances.all.map((instance) => isSignedIn(at(instance, person))))).toEqual([
      false,
      false,
    ]);
    saw("200 at one, 400 at the other; signed out at both");
  },
);

for (const [title, lines, claims] of [
  ["another subject", ["oidcc-client-test-refresh-token-invalid-sub"], { sub: "somebody-else" }],
  ["another issuer", ["oidcc-client-test-refresh-token-invalid-issuer"], { iss: "https://other.example" }],
  ["another client as its audience", [], { aud: "other" }],
  ["an exp in the past", [], { exp: 1_000_000_000 }],
] as const)
  test(
    `a refreshed ID token with ${title} ends the grant, and the old tokens are used no more`,
    conforms({ lines, expected: "401 reconnect at both instances; the session lives, no token held" }),
    async ({ pair }) => {
      const person = await pair.signIn({ refreshedIdToken: claims });
      await setRemaining(pair.rows, person, -60);
      expect(kinds(await readAtOnce(pair.instances.all, person, 4))).toEqual(["401 reconnect"]);
      expect(pair.gate.refreshes).toHaveLength(1);
      expect(await isSignedIn(person)).toBe(true);
      saw("401 reconnect at both instances; the session lives, no token held");
    },
  );

test(
  "a refresh brings new tokens, once for both instances, and a new refresh token replaces the old one",
  conforms({
    lines: ["oidcc-client-test-refresh-token", "rfc9700:refresh-rotated"],
    expected: "200 at both instances; one refresh each time, each with the newest refresh token",
  }),
  async ({ pair }) => {
    const person = await pair.signIn();
    for (let round = 1; round <= 2; round += 1) {
      await setRemaining(pair.rows, person, -60);
      expect(kinds(await readAtOnce(pair.instances.all, person, 4))).toEqual(["200"]);
      expect(pair.gate.refreshes).toHaveLength(round);
    }
    expect(new Set(pair.gate.refreshes).size).toBe(2);
    saw("200 at both instances; one refresh each time, each with the newest refresh token");
  },
);
