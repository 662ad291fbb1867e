"use server";

import { z } from "zod";
import { actionProblem } from "@/components/admin/action-problems";
import { changeRole } from "@/lib/domain/administration/change-role";
import { closeAccount, reopenAccount } from "@/lib/domain/administration/close-account";
import { editPerson } from "@/lib/domain/administration/edit-person";
import { endPersonSessions } from "@/lib/domain/administration/end-person-sessions";
import { liftLocks } from "@/lib/domain/administration/lift-locks";
import { restorePerson } from "@/lib/domain/administration/restore-person";
import { personEditSchema, suspensionSchema } from "@/lib/domain/administration/schemas";
import { sendPasswordLink } from "@/lib/domain/administration/send-password-link";
import { suspendPerson } from "@/lib/domain/administration/suspend-person";
import { unproveAddress } from "@/lib/domain/administration/unprove-address";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { adminUserPath } from "@/lib/routes-admin";
import type { FormState } from "@/lib/shared/form-state";
import { success, type Result } from "@/lib/shared/result";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { runPersonForm } from "@/lib/web/run-form";
import { runAction } from "./run-action";

const target = { userId: z.uuid("There is nobody like that") };

/** Changes name, user name and e-mail address: the fields of `personEditSchema`. */
export async function editUser(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: personEditSchema.extend(target), keep: ["name", "username", "email"] };
  return runPersonForm(pathOf(form), previous, form, definition, async (ctx, { userId, ...edit }) => {
    const edited = await editPerson(ctx, { userId, edit });
    deliverMailAfterResponse();
    if (edited.ok) return { redirectTo: adminUserPath(userId, { notice: "edited" }) };
    if (edited.error === "authentication_not_recent") return edited.error;
    if (edited.error === "username_taken")
      return { fieldErrors: { username: "Somebody has that user name. Choose another" } };
    return { formError: actionProblem(edited.error) };
  });
}

/** Suspends the person: `reason`, and `until` if it is to end by itself. */
export async function suspendUser(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: suspensionSchema.extend(target), keep: ["reason", "until"] };
  return runPersonForm(pathOf(form), previous, form, definition, async (ctx, input) => {
    if (input.until !== null && input.until <= ctx.now())
      return { fieldErrors: { until: "Choose a day to come" } };
    const suspended = await suspendPerson(ctx, input);
    if (!suspended.ok)
      return suspended.error === "authentication_not_recent"
        ? suspended.error
        : { formError: actionProblem(suspended.error) };
    revokeAfterResponse(suspended.value);
    deliverMailAfterResponse();
    return { redirectTo: adminUserPath(input.userId, { notice: "suspended" }) };
  });
}

/** Lets a suspended person in again. */
export async function restoreUser(form: FormData): Promise<void> {
  await runAction(form, "restored", (ctx, userId) => restorePerson(ctx, { userId }));
}

/** Ends the session in the field `sessionId`, or all of the person's sessions. */
export async function endUserSessions(form: FormData): Promise<void> {
  await runAction(form, "sessions-ended", async (ctx, userId) => {
    const one = form.get("sessionId");
    const sessionId = z.uuid().nullable().parse(one);
    return revoking(await endPersonSessions(ctx, { userId, sessionId }));
  });
}

/** Gives the role in the field `role`. */
export async function grantUserRole(form: FormData): Promise<void> {
  const role = textOf(form, "role");
  await runAction(form, "role-granted", (ctx, userId) => changeRole(ctx, { userId, role, change: "grant" }));
}

/** Takes the role in the field `role`. */
export async function revokeUserRole(form: FormData): Promise<void> {
  const role = textOf(form, "role");
  await runAction(form, "role-revoked", (ctx, userId) => changeRole(ctx, { userId, role, change: "revoke" }));
}

/** Mails the link by which the person chooses a password. */
export async function sendUserPasswordLink(form: FormData): Promise<void> {
  await runAction(form, "link-sent", (ctx, userId) => sendPasswordLink(ctx, { userId }));
}

/** Has the person prove their e-mail address anew. */
export async function unproveUserAddress(form: FormData): Promise<void> {
  await runAction(form, "unproved", (ctx, userId) => unproveAddress(ctx, { userId }));
}

/** Forgets the wrong passwords that were tried under the person's names. */
export async function liftUserLocks(form: FormData): Promise<void> {
  await runAction(form, "locks-lifted", (ctx, userId) => liftLocks(ctx, { userId }));
}

/** Closes the account, to be deleted in seven days. */
export async function closeUserAccount(form: FormData): Promise<void> {
  await runAction(form, "closed", async (ctx, userId) => {
    const closed = await closeAccount(ctx, { userId });
    return revoking(closed.ok ? success(closed.value.released) : closed);
  });
}

/** Takes the closing back. */
export async function reopenUserAccount(form: FormData): Promise<void> {
  await runAction(form, "reopened", (ctx, userId) => reopenAccount(ctx, { userId }));
}

function revoking<Fault>(ended: Result<readonly ReleasedGrant[], Fault>): Result<unknown, Fault> {
  if (ended.ok) revokeAfterResponse(ended.value);
  return ended;
}

function pathOf(form: FormData): string {
  const userId = target.userId.safeParse(form.get("userId"));
  return adminUserPath(userId.success ? userId.data : "");
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
