import { describe, expect, it } from "vitest";
import { claimedRoles } from "./claimed-roles";
import { decideAccess } from "./decide-access";
import { permissionsOf } from "./role-permissions";
import { permissions, type Role } from "@/lib/shared/permissions";
import type { Viewer } from "@/lib/shared/views";

const viewer = (...permissions: Viewer["permissions"]) =>
  ({ permissions, email: null, emailVerified: false }) as unknown as Viewer;

describe("access to a page (ASVS 8.2.1)", () => {
  it("asks for the permission of the policy, beneath the path too", () => {
    const asked = { "/admin": "read:admin-messages", "/admin/users/1": "read:users" } as const;
    for (const [path, permission] of Object.entries(asked)) {
      expect(decideAccess(path, viewer("read:messages"))).toEqual({ kind: "denied", permission });
      expect(decideAccess(path, viewer(permission)).kind).toBe("allowed");
    }
  });

  it("asks for a proved address wherever it asks for a permission, of those who gave one", () => {
    const admin = viewer("read:admin-messages");
    const claimed = { ...admin, email: "ada@example.org", emailVerified: false };
    expect(decideAccess("/admin", claimed).kind).toBe("unverified");
    expect(decideAccess("/admin", { ...claimed, permissions: [] }).kind).toBe("denied");
    expect(decideAccess("/profile", claimed).kind).toBe("allowed");
    for (const proved of [
      { ...claimed, emailVerified: true },
      { ...claimed, email: null },
    ])
      expect(decideAccess("/admin", proved).kind).toBe("allowed");
  });

  it("lets anybody signed in open the rest", () => {
    expect(decideAccess("/profile", viewer()).kind).toBe("allowed");
  });
});

describe("permissions of roles", () => {
  it("are those of every role, each once, and all of them for an administrator", () => {
    expect(permissionsOf({})).toEqual([]);
    expect(permissionsOf({ user: [] })).toEqual(["read:messages"]);
    expect(permissionsOf({ user: [], support: ["read:users", "read:messages"] })).toEqual([
      "read:messages",
      "read:users",
    ]);
    expect(permissionsOf({ admin: [], user: [] })).toEqual(permissions);
  });

  it("of a role in the table are those that exist, and a built-in role has none from there", () => {
    expect(permissionsOf({ support: ["read:users", "read:everything", "constructor"] })).toEqual([
      "read:users",
    ]);
    expect(permissionsOf({ user: ["delete:users"] })).toEqual(["read:messages"]);
  });
});

describe("claimed roles", () => {
  const map = new Map<string, Role>([
    ["staff", "user"],
    ["chief", "admin"],
    ["constructor", "user"],
  ]);

  it.each<
    [string, Record<string, unknown>, string | undefined, ReadonlyMap<string, Role> | undefined, Role[]]
  >([
    ["no path", { roles: ["admin"] }, undefined, undefined, []],
    ["a list", { roles: ["admin", "user"] }, "roles", undefined, ["admin", "user"]],
    ["a text with spaces and commas", { roles: "user, admin" }, "roles", undefined, ["user", "admin"]],
    ["a path", { realm_access: { roles: ["admin"] } }, "realm_access.roles", undefined, ["admin"]],
    ["a URL", { "https://x.example/roles": ["admin"] }, "https://x.example/roles", undefined, ["admin"]],
    ["a name with dots before a path", { "a.b": ["user"], a: { b: ["admin"] } }, "a.b", undefined, ["user"]],
    ["each role once", { roles: ["admin", "admin"] }, "roles", undefined, ["admin"]],
    ["unknown names", { roles: ["root", "Admin", " admin", ""] }, "roles", undefined, []],
    ["a mapping", { groups: ["chief", "staff", "other"] }, "groups", map, ["admin", "user"]],
    ["a role's own name where there is a mapping", { groups: ["admin"] }, "groups", map, []],
    [
      "the names of objects",
      { roles: { admin: { "1": "a.example" }, user: 1 } },
      "roles",
      undefined,
      ["admin"],
    ],
    ["other types", { roles: { admin: true } }, "roles", undefined, []],
    ["numbers and lists in a list", { roles: [1, ["admin"], null, { admin: 1 }] }, "roles", undefined, []],
    ["a member of every object", {}, "constructor.name", undefined, []],
    ["a prototype", {}, "__proto__.roles", undefined, []],
    ["a path through a list", { a: [{ roles: ["admin"] }] }, "a.0.roles", undefined, []],
    ["a path through a text", { a: "admin" }, "a.length", undefined, []],
  ])("%s", (_, claims, path, mapping, expected) => {
    expect(claimedRoles(claims, path, mapping)).toEqual(expected);
  });
});
