"use server";

import { z } from "zod";
import { changeRole as change } from "@/lib/domain/access/change-role";
import { createRole as create } from "@/lib/domain/access/create-role";
import { deleteRole as remove } from "@/lib/domain/access/delete-role";
import { changedRoleSchema, newRoleSchema, roleFields, roleName } from "@/lib/domain/access/schemas";
import { confirmPath, paths } from "@/lib/routes";
import { rolePath, rolesPath } from "@/lib/routes-admin";
import type { FormState } from "@/lib/shared/form-state";
import { runPersonAction } from "@/lib/web/run-action";
import { runPersonForm } from "@/lib/web/run-form";

const beyond = "A role may do no more than you: tick what you may do yourself, and nothing else.";

/** Makes a role. */
export async function createRole(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: newRoleSchema, keep: ["name", ...roleFields] };
  return runPersonForm(paths.adminRoles, previous, form, definition, async (ctx, input) => {
    const made = await create(ctx, input);
    if (made.ok) return { redirectTo: rolesPath("created") };
    switch (made.error) {
      case "authentication_not_recent":
        return made.error;
      case "name_taken":
        return { fieldErrors: { name: "There is a role with this name. Choose another" } };
      case "beyond_own_permissions":
        return { formError: beyond };
    }
  });
}

/** Changes what a role is for and may do: field `name` says which. */
export async function changeRole(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: changedRoleSchema, keep: roleFields };
  return runPersonForm(pathOf(form), previous, form, definition, async (ctx, input) => {
    const changed = await change(ctx, input);
    if (changed.ok) return { redirectTo: rolesPath("changed") };
    switch (changed.error) {
      case "authentication_not_recent":
        return changed.error;
      case "no_such_role":
        return { redirectTo: rolesPath("gone") };
      case "beyond_own_permissions":
        return { formError: beyond };
    }
  });
}

/** Deletes a role that nobody holds: field `name`. */
export async function deleteRole(form: FormData): Promise<void> {
  return runPersonAction(paths.adminRoles, async (ctx) => {
    const name = z.string().catch("").parse(form.get("name"));
    const removed = await remove(ctx, { name });
    if (removed.ok) return rolesPath("deleted");
    if (removed.error === "authentication_not_recent") return confirmPath(paths.adminRoles);
    return rolesPath(removed.error === "people_hold_it" ? "held" : "gone");
  });
}

/** The page that changes the role in the field `name`; where the form came from if that is no name. */
function pathOf(form: FormData): string {
  const name = roleName.safeParse(form.get("name"));
  return name.success ? rolePath(name.data) : paths.adminRoles;
}
