import { z } from "zod";
import { peopleQuerySchema } from "@/lib/domain/administration/schemas";
import { signUpSchema } from "@/lib/domain/identity/schemas";
import type { Operation } from "@/lib/web/api-operation";
import { listedPersonSchema } from "@/lib/web/listed-person-json";

/** Fields that are not named here are refused, so that nobody believes to have given themselves a role. */
export const signUpByApi = {
  summary: "Makes a local account. The answer is the same whether or not the e-mail address is known.",
  access: "optional",
  body: z.strictObject({
    ...signUpSchema.shape,
    name: signUpSchema.shape.name.nullish().transform((value) => value ?? null),
  }),
  data: z.object({ userId: z.uuid(), username: z.string() }),
  status: 201,
  errors: ["signed_in", "username_taken", "invalid_fields", "rate_limited", "overloaded"],
} as const satisfies Operation;

/** The query of {@link listUsers}; fields that are not named are refused. */
export const listUsersQuery = z.strictObject(peopleQuerySchema.shape);

export const listUsers = {
  summary:
    "The people who match the query, 25 at a time; `previous` and `next` go into `before` and `after`.",
  access: "person",
  permission: "read:users",
  data: z.object({
    people: z.array(listedPersonSchema),
    total: z.object({ count: z.number(), exact: z.boolean() }),
    previous: z.string().nullable(),
    next: z.string().nullable(),
  }),
  errors: ["invalid_fields"],
} as const satisfies Operation;
