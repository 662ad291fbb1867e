import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { suspendPerson } from "./suspend-person";
import { database } from "@/db/client";
import { userRoles, users } from "@/db/schema";
import { requestDeletion } from "@/lib/domain/account/request-deletion";
import type { PersonContext } from "@/lib/domain/context";
import { connect, identitiesOf, userId, withPassword } from "@/lib/domain/linking/testing/people";
import { unlinkIdentity } from "@/lib/domain/linking/unlink-identity";
import { holdPerson, untilWaiting } from "@/lib/domain/tokens/testing/locks";
import { liveContext, localPerson } from "@/lib/domain/tokens/testing/people";

type Act = (ctx: PersonContext, identityId: string) => Promise<{ readonly ok: boolean }>;

it.each<[string, Act]>([
  ["disconnects an identity", (ctx, identityId) => unlinkIdentity(ctx, { identityId })],
  ["closes the account", (ctx) => requestDeletion(ctx)],
])(
  "an administrator who %s while another suspends them waits, comes too late, and neither waits for ever",
  async (_, act) => {
    const admin = await localPerson("admin");
    const own = await withPassword();
    const identityId = await connect(own);
    await database()
      .insert(userRoles)
      .values({ userId: userId(own), role: "admin" });
    const ctx = await liveContext(own.actor.viewer.sessionId);
    const letGo = await holdPerson(userId(own));
    const suspending = suspendPerson(admin, { userId: userId(own), reason: "Spam", until: null });
    await untilWaiting(1);
    const acting = act(ctx, identityId);
    await untilWaiting(2);
    await letGo();
    expect((await suspending).ok).toBe(true);
    expect(await acting).toEqual({ ok: false, error: "session_ended" });
    expect(await identitiesOf(own)).toHaveLength(1);
    const [row] = await database()
      .select({ due: users.deletionDueAt })
      .from(users)
      .where(eq(users.id, userId(own)));
    expect(row).toEqual({ due: null });
  },
);
