import { z } from "zod";
import { permissions, type Permission } from "@/lib/shared/permissions";

/** The permissions that a form ticks: one field for each, named after it. */
const ticked = Object.fromEntries(
  permissions.map((permission) => [permission, z.literal("on").optional()]),
) as Record<Permission, z.ZodOptional<z.ZodLiteral<"on">>>;

const description = z.string().trim().max(200, "Use at most 200 characters");

/** The fields of a role beside its name. */
export const roleFields: readonly string[] = ["description", ...permissions];

const named = (name: z.ZodString) =>
  z.object({ ...ticked, name, description }).transform((fields) => ({
    name: fields.name,
    description: fields.description,
    permissions: permissions.filter((permission) => fields[permission] === "on"),
  }));

/** As the database has it. */
export const roleName = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,38}$/, "Use 2 to 39 small letters, digits and hyphens; begin with a letter");

/** A new role, with a name that stays. */
export const newRoleSchema = named(roleName);

/** What a role is for and may do. */
export const changedRoleSchema = named(z.string());
