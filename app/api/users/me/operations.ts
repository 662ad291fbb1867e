import { z } from "zod";
import { nameSchema, pictureUrlSchema } from "@/lib/domain/profile/schemas";
import type { Operation } from "@/lib/web/api-operation";
import { accountSchema } from "@/lib/web/person-json";

export const readOwnAccount = {
  summary: "The caller's own account.",
  access: "person",
  data: accountSchema,
  errors: [],
} as const satisfies Operation;

/** Fields that are not named here are refused, so that nobody believes to have given themselves a role. */
export const changeOwnAccount = {
  summary:
    "Changes the caller's name and picture; what is left out stays. Answers with the account as it is then.",
  access: "person",
  body: z.strictObject({
    name: nameSchema.shape.name.nullable().optional(),
    picture: pictureUrlSchema.shape.pictureUrl
      .nullable()
      .optional()
      .describe("An https address, or null for no picture."),
  }),
  data: accountSchema,
  errors: ["unauthenticated"],
} as const satisfies Operation;

export const deleteOwnAccount = {
  summary:
    "Closes the caller's account, to be deleted when the days of grace are over; a sign-in before then keeps it. Ends every session.",
  access: "person",
  data: z.object({ deletedAfter: z.iso.datetime() }),
  status: 202,
  errors: ["unauthenticated", "authentication_not_recent", "last_administrator"],
} as const satisfies Operation;
