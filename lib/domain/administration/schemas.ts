import { z } from "zod";
import { peopleSorts, personStatuses } from "@/lib/shared/people";
import { displayName } from "@/lib/shared/display-name";
import { normalizeEmail } from "@/lib/shared/email-address";
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

const username = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{1,38}$/,
    "Use 2 to 39 letters, digits, dots, dashes or underscores, and begin with a letter or digit",
  );

const email = z.string().transform((value, context) => {
  const address = normalizeEmail(value);
  if (address === null)
    context.addIssue({ code: "custom", message: "Enter an e-mail address like name@example.org" });
  return address ?? z.NEVER;
});

/** An empty field takes the value away. */
function orNone<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" ? null : value), schema.nullable());
}

/** What is changed about a person; what is left out stays. */
export const personEditSchema = z.object({
  name: displayName.optional(),
  username: orNone(username).optional(),
  email: orNone(email).optional(),
});

export type PersonEdit = z.output<typeof personEditSchema>;

/** Somebody to invite. */
export const invitationSchema = z.object({
  email: z.string("Enter an e-mail address like name@example.org").pipe(email),
  username: username.optional(),
  name: displayName.optional().transform((value) => value ?? null),
});

export type Invitation = z.output<typeof invitationSchema>;

/** Why somebody is kept out, and for how long. */
export const suspensionSchema = z.object({
  reason: z
    .string("Say why")
    .trim()
    .min(1, "Say why, for those who look at this account later")
    .max(500, "Use at most 500 characters")
    .refine(isStorableText, "Leave out the characters that cannot be seen"),
  /** The first day on which the person may sign in again. */
  until: optional(day).transform((value) => (value === undefined ? null : new Date(value))),
});

export type PeopleQuery = z.output<typeof peopleQuerySchema>;
