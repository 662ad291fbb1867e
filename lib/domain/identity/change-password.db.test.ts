import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { changePassword, setPassword } from "./change-password";
import { personWith } from "./testing/mailed";
import { database } from "@/db/client";
import { credentials } from "@/db/schema";
import { suspendPerson } from "@/lib/domain/administration/suspend-person";
import type { PersonContext } from "@/lib/domain/context";
import { createSession } from "@/lib/domain/sessions/create-session";
import { holdPerson, untilWaiting } from "@/lib/domain/tokens/testing/locks";
import { liveContext, localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";

const [before, next] = ["the password until now", "the password from now on"];

it.each<[string, string | null, (ctx: PersonContext) => Promise<{ readonly ok: boolean }>]>([
  ["changes", before, (ctx) => changePassword(ctx, { current: before, password: next, endOthers: false })],
  ["sets", null, (ctx) => setPassword(ctx, { username: null, password: next, endOthers: false })],
])(
  "somebody who %s their password while an administrator suspends them comes too late (ASVS 7.4.1, 8.3.2)",
  async (_, password, act) => {
    const admin = await localPerson("admin");
    const { userId } = await personWith({ proved: true, password });
    const stored = () => database().select().from(credentials).where(eq(credentials.userId, userId));
    const was = await stored();
    const ctx = await liveContext((await createSession(visitorContext(), { userId })).id);
    const letGo = await holdPerson(userId);
    const suspending = suspendPerson(admin, { userId, reason: "Spam", until: null });
    await untilWaiting(1);
    const acting = act(ctx);
    await untilWaiting(2);
    await letGo();
    expect((await suspending).ok).toBe(true);
    expect(await acting).toEqual({ ok: false, error: { code: "session_ended" } });
    expect(await stored()).toEqual(was);
  },
);
