import { z } from "zod";
import { peopleSorts, personStatuses } from "@/lib/shared/people";
import { isStorableText } from "@/lib/shared/storable-text";

export const maxSearchLength = 200;

const day = z.iso
  .date("Enter a date like 2026-04-30")
  .refine((value) => value >= "1970-01-01", "Enter a date since 1970");
const cursor = z.string().regex(/^[\w-]{1,600}$/, "That page is not there");

/** An empty field of a form says nothing. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
}

/** Which people are listed, in which order, and from where on. The query of the page, and of the API. */
export const peopleQuerySchema = z.object({
  /** A part of a name, user name, e-mail address or subject; the id of a person as a whole. */
  q: optional(
    z
      .string()
      .trim()
      .max(maxSearchLength, `Search for at most ${String(maxSearchLength)} characters`)
      .refine(isStorableText, "Leave out the characters that cannot be seen")
      .refine((value) => value === "" || /[\p{L}\p{N}]/u.test(value), "Search for a letter or a digit")
      .transform((value) => (value === "" ? undefined : value)),
  ),
  role: optional(z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, "That is no role")),
  status: optional(z.enum(personStatuses, "Choose active, suspended or deleting")),
  verified: optional(z.enum(["yes", "no"], "Choose yes or no")),
  /** `password`, or the id of a provider. */
  method: optional(z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, "That is no method")),
  createdFrom: optional(day),
  createdTo: optional(day),
  seenFrom: optional(day),
  seenTo: optional(day),
  sort: optional(z.enum(peopleSorts, "That is no order")),
  after: optional(cursor),
  before: optional(cursor),
});

export type PeopleQuery = z.output<typeof peopleQuerySchema>;
