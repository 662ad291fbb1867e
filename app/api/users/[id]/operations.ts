import { z } from "zod";
import { personEditSchema } from "@/lib/domain/administration/schemas";
import type { Operation } from "@/lib/web/api-operation";
import { listedPersonSchema } from "@/lib/web/listed-person-json";

const params = z.object({ id: z.uuid() });

export const readUser = {
  summary: "One person.",
  access: "person",
  permission: "read:users",
  params,
  data: listedPersonSchema,
  errors: ["not_found"],
} as const satisfies Operation;

const faults = [
  ...(["not_found", "authentication_not_recent", "beyond_own_permissions", "own_account"] as const),
  ...(["last_administrator", "unauthenticated"] as const),
] as const;

/** Fields that are not named here are refused: roles and standing have actions of their own. */
export const changeUser = {
  summary:
    "Changes name, user name and e-mail address; what is left out stays. Another address has to be proved.",
  access: "person",
  permission: "update:users",
  params,
  body: z.strictObject(personEditSchema.shape),
  data: listedPersonSchema,
  errors: [...faults, "username_taken"],
} as const satisfies Operation;

export const deleteUser = {
  summary: "Closes the account, to be deleted when the days of grace are over. Ends every session.",
  access: "person",
  permission: "delete:users",
  params,
  data: z.object({ deletedAfter: z.iso.datetime() }),
  status: 202,
  errors: faults,
} as const satisfies Operation;
