import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createSession } from "./create-session";
import { database } from "@/db/client";
import { sessions } from "@/db/schema";
import { personWith } from "@/lib/domain/identity/testing/mailed";
import { visitorContext } from "@/lib/domain/tokens/testing/people";

const origin = {
  ...{ provider: "oidc", issuer: "https://provider.example", subject: "one", providerSessionId: null },
  ...{ acr: "gold", authenticatedAt: new Date(), confirmedAt: null },
};

describe("a session", () => {
  it.each([
    ["a password", {}, "password", ["pwd"]],
    ["a mail", { method: "email" }, "email", ["otp"]],
    ["a provider that says how", { oidc: { ...origin, amr: ["hwk", "mfa"] } }, "oidc", ["hwk", "mfa"]],
    ["a provider that does not", { oidc: { ...origin, amr: null } }, "oidc", null],
  ] as const)("by %s keeps how its person authenticated (RFC 8176)", async (_, how, method, amr) => {
    const { userId } = await personWith({ proved: true, password: null });
    const input = "oidc" in how ? { oidc: { ...how.oidc, amr: how.oidc.amr && [...how.oidc.amr] } } : how;
    const { id } = await createSession(visitorContext(), { userId, ...input });
    const [row] = await database().select().from(sessions).where(eq(sessions.id, id));
    expect(row).toMatchObject({ method, amr });
  });
});
