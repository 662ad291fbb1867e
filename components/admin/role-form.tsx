"use client";

import type { FormState } from "@/lib/shared/form-state";
import { permissionWords, type Permission } from "@/lib/shared/permissions";
import type { RoleView } from "@/lib/shared/roles";
import { FormError } from "../credentials/form-error";
import { useCredentialForm, type FormAction } from "../credentials/use-credential-form";
import { Button } from "../ui/button";
import { Field } from "../ui/field";

interface RoleFormProps {
  action: FormAction;
  /** What was typed before a confirmation, or nothing. */
  initial: FormState;
  /** What is to be changed; null for a new role. */
  role: Pick<RoleView, "name" | "description" | "permissions"> | null;
  /** What the viewer may do, and so may give. */
  own: readonly Permission[];
}

/** Makes a role, or changes what it may do. */
export function RoleForm({ action, initial, role, own }: RoleFormProps) {
  const { state, pending, form } = useCredentialForm(action, initial);
  const { values, fieldErrors } = state;
  const isTicked = (permission: Permission): boolean =>
    values[permission] === undefined
      ? role?.permissions.includes(permission) === true
      : values[permission] === "on";
  return (
    <form {...form} aria-label={role ? "Change the role" : "Make a role"} className="space-y-5">
      <FormError message={state.formError} />
      {role ? (
        <input type="hidden" name="name" value={role.name} />
      ) : (
        <Field
          name="name"
          label="Name"
          hint="Small letters, digits and hyphens. It stays as it is."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={values.name}
          error={fieldErrors.name}
        />
      )}
      <Field
        name="description"
        label="What it is for"
        autoComplete="off"
        defaultValue={values.description ?? role?.description}
        error={fieldErrors.description}
      />
      <fieldset>
        <legend className="text-sm font-medium">What it may do</legend>
        <p className="mt-1 text-sm text-muted">You can give what you may do yourself, and nothing else.</p>
        <ul className="mt-2 divide-y divide-line rounded-control border border-line">
          {(Object.keys(permissionWords) as Permission[]).map((permission) => (
            <li key={permission}>
              <PermissionBox
                permission={permission}
                ticked={isTicked(permission)}
                fixed={!own.includes(permission)}
              />
            </li>
          ))}
        </ul>
      </fieldset>
      <Button variant="primary" aria-disabled={pending}>
        {pending ? "Saving…" : role ? "Save the role" : "Make the role"}
      </Button>
    </form>
  );
}

/** One permission to tick. What the viewer cannot give stays as it is: a box that is off sends nothing. */
function PermissionBox({
  permission,
  ticked,
  fixed,
}: {
  permission: Permission;
  ticked: boolean;
  fixed: boolean;
}) {
  return (
    <label
      className={`flex min-h-11 items-center gap-3 px-3 py-2 text-sm ${fixed ? "text-muted" : "cursor-pointer hover:bg-sunken"}`}
    >
      {fixed && ticked ? <input type="hidden" name={permission} value="on" /> : null}
      <input
        key={String(ticked)}
        type="checkbox"
        name={permission}
        defaultChecked={ticked}
        disabled={fixed}
        className="size-6 shrink-0 accent-accent"
      />
      <span className="flex min-w-0 flex-col sm:flex-row sm:gap-2">
        <code className="font-mono text-[0.9em] whitespace-nowrap">{permission}</code>
        <span className="text-muted">{permissionWords[permission]}</span>
      </span>
    </label>
  );
}
