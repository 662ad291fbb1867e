"use server";

import { actionProblem } from "@/components/admin/action-problems";
import { invitePerson } from "@/lib/domain/administration/invite-person";
import { invitationSchema } from "@/lib/domain/administration/schemas";
import { paths } from "@/lib/routes";
import { adminUserPath } from "@/lib/routes-admin";
import type { FormState } from "@/lib/shared/form-state";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { runPersonForm } from "@/lib/web/run-form";

/** Makes an account and mails its owner the link to choose a password: the fields of `invitationSchema`. */
export async function inviteUser(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: invitationSchema, keep: ["email", "username", "name"] };
  return runPersonForm(paths.adminInvite, previous, form, definition, async (ctx, input) => {
    const invited = await invitePerson(ctx, input);
    if (invited.ok) {
      deliverMailAfterResponse();
      return { redirectTo: adminUserPath(invited.value.userId, { notice: "invited" }) };
    }
    switch (invited.error) {
      case "authentication_not_recent":
        return invited.error;
      case "username_taken":
        return { fieldErrors: { username: "Somebody has that user name. Choose another" } };
      case "email_taken":
        return { fieldErrors: { email: actionProblem(invited.error) } };
      case "mail_capped":
      case "mail_off":
        return { formError: actionProblem(invited.error) };
    }
  });
}
