import "server-only";
import type { ActionFault } from "@/lib/domain/administration/act-on";
import { closeAccount } from "@/lib/domain/administration/close-account";
import { editPerson } from "@/lib/domain/administration/edit-person";
import { findPerson } from "@/lib/domain/administration/find-person";
import { success } from "@/lib/shared/result";
import { endpoint, refuse } from "@/lib/web/endpoint";
import { personDetailsJson } from "@/lib/web/listed-person-json";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { changeUser, deleteUser, readUser } from "./operations";

/** One person. */
export const GET = endpoint(readUser, async (ctx, { params: { id } }) => {
  const person = await findPerson(ctx, { userId: id });
  return person === null ? nobody() : success(personDetailsJson(person));
});

/** Changes what a person is called and reached by. */
export const PATCH = endpoint(changeUser, async (ctx, { params: { id }, body }) => {
  const edited = await editPerson(ctx, { userId: id, edit: body });
  if (!edited.ok)
    return edited.error === "username_taken"
      ? refuse("username_taken", "This user name is taken. Choose another.")
      : refused(edited.error);
  deliverMailAfterResponse();
  const person = await findPerson(ctx, { userId: id });
  return person === null ? nobody() : success(personDetailsJson(person));
});

/** Closes a person's account. */
export const DELETE = endpoint(deleteUser, async (ctx, { params: { id } }) => {
  const closed = await closeAccount(ctx, { userId: id });
  if (!closed.ok) return refused(closed.error);
  revokeAfterResponse(closed.value.released);
  deliverMailAfterResponse();
  return success({ deletedAfter: closed.value.due.toISOString() });
});

function nobody() {
  return refuse("not_found", "There is nobody with this id.");
}

function refused(fault: ActionFault | "last_administrator") {
  switch (fault) {
    case "no_such_person":
      return nobody();
    case "session_ended":
      return refuse("unauthenticated", "Sign in first.");
    case "authentication_not_recent":
      return refuse(fault, "Sign in again first.");
    case "beyond_own_permissions":
      return refuse(fault, "This person may do what you may not.");
    case "own_account":
      return refuse(fault, "That is your own account: use /api/users/me.");
    case "last_administrator":
      return refuse(
        fault,
        "Without this person there would be no administrator, or only such as a provider can unmake.",
      );
  }
}
