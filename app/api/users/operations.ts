import { z } from "zod";
import { signUpSchema } from "@/lib/domain/identity/schemas";
import type { Operation } from "@/lib/web/api-operation";

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
