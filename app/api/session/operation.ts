import { z } from "zod";
import type { Operation } from "@/lib/web/api-operation";

export const extendOwnSession = {
  summary: "Counts as a use of the caller's session, whose idle time begins anew. Answers how long it lasts.",
  access: "person",
  data: z.object({
    idleSeconds: z.int().describe("Until it ends when nothing more is asked of it."),
    absoluteSeconds: z.int().describe("Until it ends however busy it is."),
  }),
  errors: ["unauthenticated"],
} as const satisfies Operation;
