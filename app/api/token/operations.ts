import { z } from "zod";
import type { Operation } from "@/lib/web/api-operation";
import { refreshTokenRefused, tokensSchema } from "@/lib/web/session-tokens";

export const refreshTokens = {
  summary: "New tokens for a refresh token, which stops working.",
  access: "open",
  body: z.object({ refresh_token: z.string() }),
  unfitBody: refreshTokenRefused,
  data: tokensSchema,
  errors: ["invalid_grant", "not_for_browsers"],
} as const satisfies Operation;

export const revokeToken = {
  summary: "Ends the session behind an access or a refresh token, and with it both (RFC 7009).",
  access: "open",
  body: z.object({ token: z.string() }),
  data: z.null(),
  errors: ["not_for_browsers"],
} as const satisfies Operation;
