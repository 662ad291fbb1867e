import { z } from "zod";
import { messageKinds } from "@/lib/shared/message-kinds";
import type { Operation } from "@/lib/web/api-operation";

export const readMessage = {
  summary: "A message of the external API, fetched with the caller's own access token.",
  access: "optional",
  params: z.object({ kind: z.enum(messageKinds) }),
  data: z.object({ text: z.string() }),
  bare: true,
  errors: [
    ...(["unauthenticated", "reconnect", "step_up", "denied", "unverified", "not_found", "broken"] as const),
    ...(["slow", "unreachable", "provider_unavailable", "not_configured"] as const),
  ],
} as const satisfies Operation;
