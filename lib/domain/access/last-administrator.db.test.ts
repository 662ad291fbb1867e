import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { grantRole } from "./grant-role";
import { keepsAdministrator } from "./last-administrator";
import { PermissionDenied } from "./require-permission";
import { revokeRole } from "./revoke-role";
import { sql as connection, database } from "@/db/client";
import { auditEvents, roles, userRoles, users } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { contextOf, liveContext, localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";

const endpoint = await vi.hoisted(async () =>
  (await import("@/lib/domain/tokens/testing/environment")).configuredEndpoint(),
);

beforeEach(async () => {
  await database().delete(userRoles).where(eq(userRoles.role, "admin"));
});

afterAll(async () => {
  await connection().end();
  await endpoint.stop();
});

const idOf = ({ actor }: PersonContext): string => actor.viewer.userId;

async function administrators(): Promise<number> {
  return (await database().select().from(userRoles).where(eq(userRoles.role, "admin"))).length;
}

async function custom(...permissions: string[]): Promise<string> {
  const name = `r${String(Math.random()).slice(2, 12)}`;
  await database().insert(roles).values({ name, permissions });
  return name;
}

describe("the last administrator", () => {
  it("remains after fifty demotions at once, each of another by another (ASVS 2.3.3)", async () => {
    const fifty = await Promise.all(Array.from({ length: 50 }, () => localPerson("admin")));
    const answers = await Promise.all(
      fifty.map((ctx, at) => revokeRole(ctx, { userId: idOf(fifty[(at + 1) % 50]!), role: "admin" })),
    );
    expect(await administrators()).toBe(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: "last_administrator" }]);
  });

  it("cannot give the role up", async () => {
    const only = await localPerson("admin");
    const own = { userId: idOf(only), role: "admin" };
    expect(await revokeRole(only, own)).toEqual({ ok: false, error: "last_administrator" });
    await localPerson("admin");
    expect(await revokeRole(only, own)).toEqual({ ok: true, value: true });
  });

  it.each([
    ["suspended", { status: "suspended" as const }],
    ["about to be deleted", { deletionDueAt: new Date(Date.now() + 86_400_000) }],
    ["without a proved address", { email: "unproved-admin@example.com" }],
  ])("is the last although there is another who is %s", async (_, columns) => {
    const only = await localPerson("admin");
    const other = await localPerson("admin");
    await database()
      .update(users)
      .set(columns)
      .where(eq(users.id, idOf(other)));
    const leaving = { userIds: [idOf(only)] };
    expect(await keepsAdministrator(visitorContext(), leaving)).toBe(false);
    expect(await keepsAdministrator(visitorContext(), { userIds: [idOf(other)] })).toBe(true);
  });

  const claimed = async (person: PersonContext) => {
    await database()
      .insert(userRoles)
      .values({ userId: idOf(person), role: "admin", source: "oidc" });
    return person;
  };

  it("is the last although a provider claims the role for others, or for the same person, and may take it back", async () => {
    const only = await claimed(await localPerson("admin"));
    const other = await claimed(await localPerson());
    const own = { userId: idOf(only), role: "admin" };
    expect(await revokeRole(only, own)).toEqual({ ok: false, error: "last_administrator" });
    expect(await keepsAdministrator(visitorContext(), { userIds: [idOf(only)] })).toBe(false);
    expect(await keepsAdministrator(visitorContext(), { userIds: [idOf(other)] })).toBe(true);
    // Granted the role, the other is one whom no provider unmakes.
    expect(await grantRole(only, { userId: idOf(other), role: "admin" })).toEqual({ ok: true, value: true });
    expect(await revokeRole(only, own)).toEqual({ ok: true, value: true });
    expect((await liveContext(only.actor.viewer.sessionId)).actor.viewer.roles).toContain("admin");
  });

  it("is one of those whom a provider claims while there is nobody else", async () => {
    const [one, other] = [await claimed(await localPerson()), await claimed(await localPerson())];
    const both = { userIds: [idOf(one), idOf(other)] };
    expect(await keepsAdministrator(visitorContext(), both)).toBe(false);
    expect(await keepsAdministrator(visitorContext(), { userIds: [idOf(one)] })).toBe(true);
  });

  it("is no reason to keep anybody else", async () => {
    const person = await localPerson();
    expect(await keepsAdministrator(visitorContext(), { userIds: [idOf(person)] })).toBe(true);
    expect(await keepsAdministrator(visitorContext(), { userIds: [] })).toBe(true);
  });
});

describe("giving a role (ASVS 8.2.1, 8.3.2)", () => {
  it("counts on the next request of the person, is written down, and so is taking it", async () => {
    const admin = await localPerson("admin");
    const person = await localPerson();
    const role = await custom("read:users");
    const input = { userId: idOf(person), role };
    expect(await grantRole(admin, input)).toEqual({ ok: true, value: true });
    expect(await grantRole(admin, input)).toEqual({ ok: true, value: false });
    const { sessionId } = person.actor.viewer;
    expect((await liveContext(sessionId)).actor.viewer.permissions).toEqual(["read:messages", "read:users"]);
    await database()
      .update(roles)
      .set({ permissions: ["read:audit"] })
      .where(eq(roles.name, role));
    expect((await liveContext(sessionId)).actor.viewer.permissions).toEqual(["read:messages", "read:audit"]);
    expect(await revokeRole(admin, input)).toEqual({ ok: true, value: true });
    expect(await revokeRole(admin, input)).toEqual({ ok: true, value: false });
    expect((await liveContext(sessionId)).actor.viewer.roles).toEqual(["user"]);
    const written = await database()
      .select({ actorId: auditEvents.actorId, change: sql<string>`details->>'change'` })
      .from(auditEvents)
      .where(and(eq(auditEvents.subjectId, idOf(person)), eq(auditEvents.event, "authz_change")))
      .orderBy(auditEvents.id);
    expect(written).toEqual(
      ["role_granted", "role_revoked"].map((change) => ({ actorId: idOf(admin), change })),
    );
  });

  it("is not for those without the permission, nor for those whose address is not proved", async () => {
    const person = await localPerson();
    const admin = await localPerson("admin");
    const unproved = contextOf({ ...admin.actor.viewer, email: "a@example.com", emailVerified: false });
    const input = { userId: idOf(person), role: "admin" };
    for (const ctx of [person, unproved, visitorContext()]) {
      await expect(grantRole(ctx, input)).rejects.toThrow(PermissionDenied);
      await expect(revokeRole(ctx, { userId: idOf(admin), role: "admin" })).rejects.toThrow(PermissionDenied);
    }
    expect(await administrators()).toBe(1);
  });

  it("gives nobody more than the giver has, and takes no more", async () => {
    const admin = await localPerson("admin");
    const granter = await localPerson();
    const narrow = await custom("grant:roles", "read:users");
    const wide = await custom("read:users", "delete:users");
    await grantRole(admin, { userId: idOf(granter), role: narrow });
    const acting = await liveContext(granter.actor.viewer.sessionId);
    const beyond = { ok: false, error: "beyond_own_permissions" };
    expect(await grantRole(acting, { userId: idOf(granter), role: wide })).toEqual(beyond);
    expect(await grantRole(acting, { userId: idOf(granter), role: "admin" })).toEqual(beyond);
    expect(await revokeRole(acting, { userId: idOf(admin), role: "admin" })).toEqual(beyond);
    expect(await grantRole(acting, { userId: idOf(admin), role: narrow })).toMatchObject({ ok: true });
  });

  it("knows neither a role nor a person that is not there", async () => {
    const admin = await localPerson("admin");
    const userId = "00000000-0000-4000-8000-000000000000";
    expect(await grantRole(admin, { userId, role: "user" })).toEqual({ ok: false, error: "no_such_person" });
    for (const verb of [grantRole, revokeRole])
      expect(await verb(admin, { userId, role: "nobody" })).toEqual({ ok: false, error: "no_such_role" });
  });
});
