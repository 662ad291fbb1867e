import { eq } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { linkIdentity } from "./link-identity";
import { connect, identitiesOf, identity, userId, withPassword } from "./testing/people";
import { unlinkIdentity } from "./unlink-identity";
import { database } from "@/db/client";
import { users } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { waitingMail } from "@/lib/domain/identity/testing/mailed";
import { randomToken } from "@/lib/platform/crypto/token";

await vi.hoisted(async () => {
  const { configure } = await import("@/lib/test-environment");
  configure({ OIDC_NAME: "Demo ID" });
});

async function withAddress(emailVerified: Date | null): Promise<{ ctx: PersonContext; email: string }> {
  const ctx = await withPassword();
  const email = `${userId(ctx)}@example.org`;
  await database()
    .update(users)
    .set({ email, emailVerified })
    .where(eq(users.id, userId(ctx)));
  return { ctx, email };
}

it("an identity that is connected, and one that is disconnected, are told to the person by mail", async () => {
  const { ctx, email } = await withAddress(new Date());
  const identityId = await connect(ctx);
  const connected = await waitingMail(email, "identity_connected");
  expect(connected).toContain("An account at Demo ID was connected");
  expect(connected).toContain("/settings/identities");
  expect(await waitingMail(email, "identity_disconnected")).toBeNull();
  expect((await unlinkIdentity(ctx, { identityId })).ok).toBe(true);
  expect(await waitingMail(email, "identity_disconnected")).toContain(
    "An account at Demo ID was disconnected",
  );
});

it("a connection that is refused is told to nobody, nor is one to an address that was never proved", async () => {
  const { ctx, email } = await withAddress(new Date());
  expect((await linkIdentity(ctx, { token: randomToken() })).ok).toBe(false);
  expect(await waitingMail(email, "identity_connected")).toBeNull();
  const claim = await withAddress(null);
  await connect(claim.ctx, identity());
  expect(await identitiesOf(claim.ctx)).toHaveLength(1);
  expect(await waitingMail(claim.email, "identity_connected")).toBeNull();
});
