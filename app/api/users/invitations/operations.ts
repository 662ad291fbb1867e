import { z } from "zod";
import { invitationSchema } from "@/lib/domain/administration/schemas";
import type { Operation } from "@/lib/web/api-operation";

/** Fields that are not named here are refused: nobody chooses a password or a role for somebody else. */
export const inviteUser = {
  summary: "Makes an account and mails its owner the link by which they choose a password.",
  access: "person",
  permission: "create:users",
  body: z.strictObject(invitationSchema.shape),
  data: z.object({ userId: z.uuid() }),
  status: 201,
  errors: [
    ...(["authentication_not_recent", "username_taken", "email_taken"] as const),
    ...(["rate_limited", "mail_off"] as const),
  ],
} as const satisfies Operation;
