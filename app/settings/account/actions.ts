"use server";

import { requestDeletion } from "@/lib/domain/account/request-deletion";
import { deletionSchema } from "@/lib/domain/account/schemas";
import { loginPath, paths } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { runPersonForm } from "@/lib/web/run-form";
import { clearSessionCookie } from "@/lib/web/start-session";

/** Closes the viewer's account, to be deleted when the days of grace are over. */
export async function deleteAccount(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: deletionSchema, keep: ["confirmation"] };
  return runPersonForm(paths.account, previous, form, definition, async (ctx) => {
    const requested = await requestDeletion(ctx);
    if (!requested.ok)
      switch (requested.error) {
        case "authentication_not_recent":
          return requested.error;
        case "session_ended":
          return { redirectTo: loginPath(paths.account, "session-ended") };
        case "last_administrator":
          return { formError: "You are the only administrator. Make somebody else one first." };
      }
    revokeAfterResponse(requested.value.released);
    await clearSessionCookie();
    return { redirectTo: loginPath(undefined, "deletion-asked") };
  });
}
