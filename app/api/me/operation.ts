import type { Operation } from "@/lib/web/api-operation";
import { personSchema } from "@/lib/web/person-json";

export const readMe = {
  summary: "Who the caller is, and the session that they are asking by.",
  access: "person",
  data: personSchema,
  errors: [],
} as const satisfies Operation;
