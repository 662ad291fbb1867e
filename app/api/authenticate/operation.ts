import { z } from "zod";
import { signInSchema } from "@/lib/domain/identity/schemas";
import type { Operation } from "@/lib/web/api-operation";
import { personSchema } from "@/lib/web/person-json";
import { tokensSchema } from "@/lib/web/session-tokens";

export const authenticate = {
  summary: "Signs in: sets the session cookie and says who it is, or answers with tokens of ours.",
  access: "open",
  body: z.object({
    uid: signInSchema.shape.identifier.describe("The user name, or a proved e-mail address."),
    password: signInSchema.shape.password,
    token: z
      .boolean()
      .optional()
      .catch(undefined)
      .describe("True for tokens in place of the cookie; refused to browser pages."),
  }),
  unfitBody: {
    code: "invalid_credentials",
    message: "The user name, e-mail address or password is not right.",
  },
  data: z.union([personSchema, tokensSchema]),
  errors: ["invalid_credentials", "not_for_browsers", "rate_limited", "overloaded", "invalid_grant"],
} as const satisfies Operation;
