import { endOf } from "./support/oidc";
import { expectLogged } from "./support/refusals";
import { expect, proves, test } from "./support/test";
import type { Visitor } from "./support/visitor";

const refusals: readonly [string, (visitor: Visitor) => Promise<Awaited<ReturnType<Visitor["get"]>>>][] = [
  [
    "a form of another site",
    (visitor) => visitor.post("/auth/sign-out", {}, { origin: "https://evil.example" }),
  ],
  [
    "a form that is none",
    (visitor) => visitor.send("/auth/sign-out", { method: "POST", headers: { origin: visitor.origin } }),
  ],
  ["a provider that is not there", (visitor) => visitor.post("/auth/oidc/none", {})],
  [
    "an answer of a provider that is not there",
    (visitor) => visitor.get("/api/auth/callback/none?code=c&state=s"),
  ],
  ["an answer that nobody asked for", (visitor) => visitor.get("/api/auth/callback/oidc?code=c&state=s")],
  ["an answer without a state", (visitor) => visitor.get("/api/auth/callback/oidc?code=c")],
  ["a return from a log-out that nobody began", (visitor) => visitor.get("/auth/signed-out?state=made-up")],
  ["a proposed login without an issuer", (visitor) => visitor.get("/auth/initiate-login")],
  [
    "a proposed login at a stranger",
    (visitor) => visitor.get("/auth/initiate-login?iss=https://evil.example"),
  ],
];

for (const [title, refuse] of refusals)
  test(
    `the reference on the page about ${title} finds a line in the log`,
    proves("16.2.1", "16.3.4", "16.5.1"),
    async ({ stage, visitor }) => {
      const end = await endOf(visitor, await refuse(visitor));
      expect(end.kind).toBe("refused");
      await expectLogged(stage, end);
    },
  );
