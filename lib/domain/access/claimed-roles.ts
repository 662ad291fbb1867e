import "server-only";
import { isRole, type Role } from "@/lib/shared/permissions";

/**
 * The roles that an identity's claims give. `path` names the claim: a top-level name as it is (it may be a URL), else
 * names joined by dots. Values are mapped by `map`; without a map a value counts when it is the name of a role.
 */
export function claimedRoles(
  claims: Readonly<Record<string, unknown>>,
  path: string | undefined,
  map: ReadonlyMap<string, Role> | undefined,
): readonly Role[] {
  if (path === undefined) return [];
  const value = valueAt(claims, path);
  const claimed = typeof value === "string" ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
  const roles = claimed
    .filter((entry): entry is string => typeof entry === "string")
    .map((entry) => (map === undefined ? entry : map.get(entry)))
    .filter((entry): entry is Role => entry !== undefined && isRole(entry));
  return [...new Set(roles)];
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
