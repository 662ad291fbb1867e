import { describe, expect, it } from "vitest";
import { authorizationErrors, outcomeOfAuthorizationError } from "./authorization-errors";
import { isOutcomeCode, outcomes } from "./outcomes";

/** What a fault of the provider or of ours is called; nothing else may be a 5xx. */
const faults = /^(provider_(unavailable|timeout|failed)|temporarily_unavailable|unexpected)$/;

describe("an outcome (ASVS 16.5.1)", () => {
  it.each(Object.entries(outcomes))(
    "%s has a status, a sentence and nothing technical in it",
    (code, outcome) => {
      expect(outcome.status >= 500, "5xx").toBe(faults.test(code));
      expect(outcome.title).not.toBe("");
      expect(outcome.sentence).toMatch(/\.$/);
      expect(outcome.title + outcome.sentence).not.toMatch(/OAuth|OIDC|token|state|nonce|HTTP|\bJWT\b|_/);
    },
  );

  it("is known by its own name alone", () => {
    for (const name of ["__proto__", "constructor", "toString", "", "INVALID_REQUEST"])
      expect(isOutcomeCode(name)).toBe(false);
  });
});

describe("an error of an authorization response", () => {
  it("leads to an outcome or back to the login", () => {
    for (const code of Object.values(authorizationErrors))
      expect(code === "cancelled" || isOutcomeCode(code)).toBe(true);
  });

  it.each(["made_up", "", "__proto__", "toString"])(
    "that no specification names (%j) is a refusal",
    (error) => {
      expect(outcomeOfAuthorizationError(error)).toBe("provider_refused");
    },
  );
});
