import "server-only";
import { isRole, type Role } from "@/lib/shared/permissions";

/**
 * The roles that an identity's claims give. `path` names the claim: a top-level name as it is (it may be a URL), else
 * names joined by dots. It holds a list, a text, or an object of objects whose names are the roles. Values are mapped by `map`;
 * without a map a value counts when it is the name of a role.
 */
export function claimedRoles(
  claims: Readonly<Record<string, unknown>>,
  path: string | undefined,
  map: ReadonlyMap<string, Role> | undefined,
): readonly Role[] {
  if (path === undefined) return [];
  const value = valueAt(claims, path);
  const roles = listed(value)
    .filter((entry): entry is string => typeof entry === "string")
    .map((entry) => (map === undefined ? entry : map.get(entry)))
    .filter((entry): entry is Role => entry !== undefined && isRole(entry));
  return [...new Set(roles)];
}

function listed(value: unknown): readonly unknown[] {
  if (typeof value === "string") return value.split(/[\s,]+/);
  if (Array.isArray(value)) return value;
  const members = isRecord(value) ? Object.entries(value) : [];
  return members.flatMap(([name, member]) => (isRecord(member) ? [name] : []));
}

function valueAt(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path
    .split(".")
    .reduce<unknown>(
      (node, name) => (isRecord(node) && Object.hasOwn(node, name) ? node[name] : undefined),
      claims,
    );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
