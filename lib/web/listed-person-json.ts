import "server-only";
import { z } from "zod";
import { personFields } from "./person-json";
import { personStatuses, type PersonDetails, type PersonRow } from "@/lib/shared/people";

/** Somebody as administrators get them. */
export const listedPersonSchema = z.object({
  ...personFields,
  status: z.enum(personStatuses),
  /** Whether they have a password. */
  password: z.boolean(),
  /** The display names of the providers of their identities. */
  providers: z.array(z.string()),
  createdAt: z.iso.datetime(),
  /** To the hour; null for somebody who never signed in. */
  lastSeenAt: z.iso.datetime().nullable(),
});

export function listedPersonJson({
  id,
  roles,
  providers,
  createdAt,
  lastSeenAt,
  ...person
}: PersonRow): z.output<typeof listedPersonSchema> {
  return {
    userId: id,
    ...person,
    roles: [...roles],
    providers: [...providers],
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  };
}

/** The same of somebody whose page is known. */
export function personDetailsJson(person: PersonDetails): z.output<typeof listedPersonSchema> {
  const { id, displayName, name, username, email, picture, createdAt, lastSeenAt } = person;
  const held = person.suspension === null ? "active" : "suspended";
  return listedPersonJson({
    ...{ id, displayName, name, username, email, picture, createdAt, lastSeenAt },
    emailVerified: person.emailVerifiedAt !== null,
    status: person.deletionDueAt === null ? held : "deleting",
    roles: [...new Set(person.roles.map(({ role }) => role))],
    password: person.passwordChangedAt !== null,
    providers: [...new Set(person.identities.map(({ providerName }) => providerName))],
  });
}
