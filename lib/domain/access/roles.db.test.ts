import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changeRole } from "./change-role";
import { createRole } from "./create-role";
import { deleteRole } from "./delete-role";
import { grantAdministrator } from "./grant-administrator";
import { grantRole } from "./grant-role";
import { listRoles } from "./list-roles";
import { PermissionDenied } from "./require-permission";
import { sql as connection, database } from "@/db/client";
import { auditEvents, roles, userRoles, users } from "@/db/schema";
import { requestDeletion } from "@/lib/domain/account/request-deletion";
import type { PersonContext } from "@/lib/domain/context";
import { createSession } from "@/lib/domain/sessions/create-session";
import { contextOf, liveContext, localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import type { Permission } from "@/lib/shared/permissions";

const { endpoint, named } = await vi.hoisted(async () => {
  const address = `${crypto.randomUUID()}@example.org`;
  const { configure } = await import("@/lib/test-environment");
  configure({ ADMIN_EMAILS: address.toUpperCase() });
  const { configuredEndpoint } = await import("@/lib/domain/tokens/testing/environment");
  return { endpoint: await configuredEndpoint(), named: address };
});

let admin: PersonContext;
const idOf = ({ actor }: PersonContext): string => actor.viewer.userId;
const again = ({ actor }: PersonContext) => liveContext(actor.viewer.sessionId);
const roleName = (): string => `r${randomUUID().slice(0, 8)}`;
const job = { ...visitorContext(), actor: { kind: "system", name: "test" } } as const;

/** A person with a role of their own that may do this. */
async function personWho(...permissions: Permission[]): Promise<PersonContext> {
  const person = await localPerson();
  const name = roleName();
  await createRole(job, { name, description: "", permissions });
  await grantRole(job, { userId: idOf(person), role: name });
  return again(person);
}

beforeAll(async () => {
  admin = await localPerson("admin");
});

afterAll(async () => {
  await connection().end();
  await endpoint.stop();
});

describe("a role of one's own making (ASVS 8.2.1, 8.3.2)", () => {
  it("is made, given, changed at once for those who hold it, and deleted when nobody does", async () => {
    const name = roleName();
    expect(
      await createRole(admin, { name, description: "Helps", permissions: ["read:users"] }),
    ).toMatchObject({
      ok: true,
    });
    const person = await localPerson();
    await grantRole(admin, { userId: idOf(person), role: name });
    const view = (await listRoles(admin)).find((role) => role.name === name);
    expect(view).toEqual({
      name,
      description: "Helps",
      builtIn: false,
      permissions: ["read:users"],
      people: 1,
    });
    await changeRole(admin, { name, description: "Helps", permissions: ["read:audit"] });
    expect((await again(person)).actor.viewer.permissions).toEqual(["read:messages", "read:audit"]);
    expect(await deleteRole(admin, { name })).toEqual({ ok: false, error: "people_hold_it" });
    await database().delete(userRoles).where(eq(userRoles.role, name));
    expect(await deleteRole(admin, { name })).toMatchObject({ ok: true });
    const written = await database()
      .select({ change: sql<string>`details->>'change'`, details: auditEvents.details })
      .from(auditEvents)
      .where(sql`event = 'privilege_permissions_changed' and details->>'role' = ${name}`)
      .orderBy(auditEvents.id);
    expect(written.map(({ change }) => change)).toEqual(["role_created", "role_changed", "role_deleted"]);
    expect(written[1]?.details).toMatchObject({
      before: { permissions: ["read:users"] },
      after: { permissions: ["read:audit"] },
    });
  });

  it("may do no more than its maker, at the beginning and after every change", async () => {
    const maker = await personWho("read:roles", "manage:roles", "read:users");
    const beyond = { ok: false, error: "beyond_own_permissions" };
    const name = roleName();
    const wide = { name, description: "", permissions: ["read:users", "delete:users"] as const };
    expect(await createRole(maker, wide)).toEqual(beyond);
    expect(await createRole(maker, { ...wide, permissions: ["read:users"] })).toMatchObject({ ok: true });
    expect(await changeRole(maker, wide)).toEqual(beyond);
    await changeRole(admin, wide);
    expect(await changeRole(maker, { ...wide, permissions: ["read:users"] })).toEqual(beyond);
    expect(await changeRole(maker, { ...wide, description: "Only words" })).toMatchObject({ ok: true });
    // Its own role does not grow by its own hand either.
    const own = maker.actor.viewer.roles.find((role) => role !== "user")!;
    const more = {
      name: own,
      description: "",
      permissions: ["read:roles", "manage:roles", "read:audit"] as const,
    };
    expect(await changeRole(maker, more)).toEqual(beyond);
  });

  it("is not the business of those who may only look, nor of anybody else", async () => {
    const input = { name: roleName(), description: "", permissions: [] };
    for (const ctx of [await localPerson(), await personWho("read:roles", "grant:roles"), visitorContext()])
      for (const verb of [createRole, changeRole, deleteRole])
        await expect(verb(ctx, input)).rejects.toThrow(PermissionDenied);
    await expect(listRoles(await localPerson())).rejects.toThrow(PermissionDenied);
  });

  it("is not shaped without a recent proof (ASVS 7.5.3)", async () => {
    const name = roleName();
    await createRole(admin, { name, description: "", permissions: [] });
    const stale = contextOf({ ...admin.actor.viewer, confirmedAt: new Date(Date.now() - 601_000) });
    const input = { name, description: "", permissions: ["read:users"] as const };
    const refused = { ok: false, error: "authentication_not_recent" };
    for (const verb of [createRole, changeRole, deleteRole])
      expect(await verb(stale, input)).toEqual(refused);
    const [row] = await database().select().from(roles).where(eq(roles.name, name));
    expect(row?.permissions).toEqual([]);
  });

  it("cannot take the name of another, and the built-in ones stay as they are", async () => {
    const input = { description: "", permissions: ["read:users"] as const };
    for (const name of ["admin", "user"]) {
      expect(await createRole(admin, { name, ...input })).toEqual({ ok: false, error: "name_taken" });
      expect(await changeRole(admin, { name, ...input })).toEqual({ ok: false, error: "no_such_role" });
      expect(await deleteRole(admin, { name })).toEqual({ ok: false, error: "no_such_role" });
    }
    await expect(
      database()
        .update(roles)
        .set({ permissions: ["read:users"] })
        .where(eq(roles.name, "user")),
    ).rejects.toThrow();
  });

  it("is given to nobody while it is being deleted", async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = roleName();
      await createRole(admin, { name, description: "", permissions: [] });
      const person = await localPerson();
      const [deleted, given] = await Promise.all([
        deleteRole(admin, { name }),
        grantRole(admin, { userId: idOf(person), role: name }),
      ]);
      expect([deleted.ok, given.ok].filter(Boolean)).toHaveLength(1);
    }
  });
});

describe("the first administrator (ASVS 6.3.2)", () => {
  const emailed = async (email: string, proved: boolean): Promise<PersonContext> => {
    const person = await localPerson();
    await database()
      .update(users)
      .set({ email, emailVerified: proved ? new Date() : null })
      .where(eq(users.id, idOf(person)));
    return person;
  };
  const rolesAfterLogin = async (person: PersonContext): Promise<readonly string[]> => {
    const { id } = await createSession(visitorContext(), { userId: idOf(person) });
    return (await liveContext(id)).actor.viewer.roles;
  };

  it("is whoever proved an address of ADMIN_EMAILS, and nobody who only claims it", async () => {
    const pretender = await emailed(named, false);
    expect(await rolesAfterLogin(pretender)).toEqual(["user"]);
    const owner = await emailed(named, true);
    expect(await rolesAfterLogin(owner)).toEqual(["admin", "user"]);
    expect(await rolesAfterLogin(await emailed(`x${named}`, true))).toEqual(["user"]);
    // A role from an address that stands in the list no longer.
    await database()
      .update(userRoles)
      .set({ source: "configuration:gone@example.org" })
      .where(eq(userRoles.userId, idOf(owner)));
    expect((await again(owner)).actor.viewer.roles).not.toContain("admin");
  });

  it("is made by command for a proved address, once", async () => {
    const email = `${randomUUID()}@example.org`;
    await emailed(email, false);
    expect(await grantAdministrator(job, { email })).toEqual({ ok: false, error: "nobody_proved_it" });
    const owner = await emailed(email, true);
    expect(await grantAdministrator(job, { email: email.toUpperCase() })).toEqual({ ok: true, value: true });
    expect(await grantAdministrator(job, { email })).toEqual({ ok: true, value: false });
    expect((await again(owner)).actor.viewer.roles).toContain("admin");
  });
});

it("the last administrator cannot close the account", async () => {
  await database().delete(userRoles).where(eq(userRoles.role, "admin"));
  const only = await localPerson("admin");
  expect(await requestDeletion(only)).toEqual({ ok: false, error: "last_administrator" });
  await localPerson("admin");
  expect(await requestDeletion(only)).toMatchObject({ ok: true });
});
