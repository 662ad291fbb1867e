import "server-only";
import { z } from "zod";
import { roleName } from "@/lib/domain/access/schemas";
import { peopleQuerySchema, suspensionSchema } from "@/lib/domain/administration/schemas";
import { bulkKinds } from "@/lib/shared/bulk";

/** More are not ticked on a page. */
const maxSelected = 100;

/** The ids that were ticked, with commas between them. */
const ids = z
  .string()
  .max(maxSelected * 37)
  .transform((text) => text.split(",").filter((id) => id !== ""))
  .pipe(z.array(z.uuid()).max(maxSelected));

/** Which people something is done to: those who were ticked, or all whom the fields of the list name. */
export const bulkTargetSchema = peopleQuerySchema.omit({ sort: true, after: true, before: true }).extend({
  kind: z.enum(bulkKinds),
  scope: z.enum(["selected", "all"]),
  ids: ids.optional().default([]),
  /** The role to give or to take; `role` narrows the list down. */
  changedRole: z.preprocess((value) => (value === "" ? undefined : value), roleName.optional()),
});

export type BulkTarget = z.output<typeof bulkTargetSchema>;

const counted = { expected: z.coerce.number().int().min(0) };

/** What is sent once the preview was seen; `expected` is how many it named. */
export const bulkOrderSchema = bulkTargetSchema.extend(counted);

/** The same with why and until when. */
export const bulkSuspensionSchema = bulkOrderSchema.extend(suspensionSchema.shape);

export type BulkOrder = z.output<typeof bulkOrderSchema> &
  Partial<Pick<z.output<typeof suspensionSchema>, "reason" | "until">>;

export const bulkTargetFields: readonly string[] = Object.keys(bulkTargetSchema.shape);
