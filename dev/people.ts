import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One demo person, as `dev/people.json` holds it for the seed and for the provider. */
export interface Person {
  readonly username: string;
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly password: string;
  /** Has a local account with this password. */
  readonly local: boolean;
  /** Is known to the development provider, with the same password. */
  readonly provider: boolean;
  /** The local account is linked with the provider's identity from the start. */
  readonly linked: boolean;
  readonly role: "user" | "admin";
  /** Value of the provider's `roles` claim. */
  readonly providerRoles: readonly string[];
  /** Value of the access token's `permissions` claim. */
  readonly permissions: readonly string[];
}

/** The demo people, in the order in which they are shown. */
export const people = JSON.parse(readFileSync(join(import.meta.dirname, "people.json"), "utf8")) as Person[];

/** The provider's subject identifier of a demo person; the seed stores the same. */
export function subjectOf(person: Pick<Person, "username">): string {
  return `demo|${person.username}`;
}
