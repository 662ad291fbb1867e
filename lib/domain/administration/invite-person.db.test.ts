import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { findPerson } from "./find-person";
import { invitePerson } from "./invite-person";
import { database } from "@/db/client";
import { users } from "@/db/schema";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import { checkPassword } from "@/lib/domain/identity/check-password";
import { resetPassword } from "@/lib/domain/identity/reset-password";
import { personWith, tokenIn, waitingMail } from "@/lib/domain/identity/testing/mailed";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";

const visitor = visitorContext();
const password = "the password of somebody";

describe("an invitation (ASVS 6.4.1, 6.4.6)", () => {
  const invitation = () => {
    const username = `i${randomUUID().replaceAll("-", "").slice(0, 20)}`;
    return { username, email: `${username}@example.org`, name: "Invited" };
  };

  it("makes an account that opens with the link alone, once", async () => {
    const admin = await localPerson("admin");
    const input = invitation();
    const invited = await invitePerson(admin, input);
    if (!invited.ok) throw new Error(invited.error);
    const { userId } = invited.value;
    const person = await findPerson(admin, { userId });
    expect(person?.openInvitation?.getTime()).toBeGreaterThan(Date.now() + 71 * 3_600_000);
    expect(person).toMatchObject({ passwordChangedAt: null, emailVerifiedAt: null });
    const token = tokenIn(await waitingMail(input.email, "invitation"));
    expect((await resetPassword(visitor, { token, password })).ok).toBe(true);
    const [row] = await database().select().from(users).where(eq(users.id, userId));
    expect(row?.emailVerified).not.toBeNull();
    expect((await checkPassword(visitor, { identifier: input.email, password })).ok).toBe(true);
    expect(await resetPassword(visitor, { token, password: `${password} too` })).toMatchObject({ ok: false });
  });

  it("is not for an address or a user name that somebody has", async () => {
    const admin = await localPerson("admin");
    const { username, email } = await personWith({ proved: true, password });
    expect(await invitePerson(admin, { ...invitation(), email: email.toUpperCase() })).toMatchObject({
      error: "email_taken",
    });
    expect(await invitePerson(admin, { ...invitation(), username: username.toUpperCase() })).toMatchObject({
      error: "username_taken",
    });
    await expect(invitePerson(await localPerson("user"), invitation())).rejects.toThrow(PermissionDenied);
  });
});
