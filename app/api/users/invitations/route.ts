import "server-only";
import { invitePerson } from "@/lib/domain/administration/invite-person";
import { success } from "@/lib/shared/result";
import { endpoint, refuse } from "@/lib/web/endpoint";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { inviteUser } from "./operations";

/** Makes an account for somebody else; `POST /api/users` is for oneself. */
export const POST = endpoint(inviteUser, async (ctx, { body }) => {
  const invited = await invitePerson(ctx, body);
  if (invited.ok) {
    deliverMailAfterResponse();
    return success({ userId: invited.value.userId });
  }
  switch (invited.error) {
    case "authentication_not_recent":
      return refuse(invited.error, "Sign in again first.");
    case "username_taken":
      return refuse(invited.error, "This user name is taken. Choose another.");
    case "email_taken":
      return refuse(invited.error, "Somebody has proved this address already.");
    case "mail_capped":
      return refuse("rate_limited", "This address got too many invitations within the hour.", {
        headers: { "Retry-After": "3600" },
      });
    case "mail_off":
      return refuse(invited.error, "This site sends no mail.");
  }
});
