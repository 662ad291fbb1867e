import { createHash, randomBytes, randomUUID, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Journal } from "./journal";
import type { OidcSettings, ProviderPerson } from "./settings";

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** What the sign-up screen asks for. */
export interface NewPerson {
  readonly name: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** The people of the provider: those of the settings and those who signed up, who are kept in the journal. */
export class Accounts {
  readonly #demo: readonly ProviderPerson[];
  readonly #journal: Journal;

  constructor(demo: readonly ProviderPerson[], journal: Journal) {
    this.#demo = demo;
    this.#journal = journal;
  }

  all(): ProviderPerson[] {
    return [
      ...this.#demo,
      ...[...this.#journal.entries("Person:")].map(([, person]) => person as ProviderPerson),
    ];
  }

  find(sub: string): ProviderPerson | undefined {
    return (
      this.#demo.find((person) => person.sub === sub) ??
      (this.#journal.get(`Person:${sub}`) as ProviderPerson | undefined)
    );
  }

  /** By user name or e-mail address, upper and lower case alike. */
  findByLogin(login: string): ProviderPerson | undefined {
    const wanted = login.trim().toLowerCase();
    return this.all().find(
      (person) => person.username.toLowerCase() === wanted || person.email.toLowerCase() === wanted,
    );
  }

  /** The person whose password this is, else undefined. */
  async authenticate(login: string, password: string): Promise<ProviderPerson | undefined> {
    const person = this.findByLogin(login);
    if (!person) return undefined;
    if (person.passwordHash === undefined)
      return sameText(person.password ?? "", password) ? person : undefined;
    const [salt = "", hash = ""] = person.passwordHash.split(".");
    const derived = await derive(password, Buffer.from(salt, "base64url"), 32);
    return timingSafeEqual(derived, Buffer.from(hash, "base64url")) ? person : undefined;
  }

  async create(fields: NewPerson): Promise<ProviderPerson> {
    const salt = randomBytes(16);
    const hash = await derive(fields.password, salt, 32);
    const [givenName = fields.name, ...rest] = fields.name.split(" ");
    const person: ProviderPerson = {
      sub: `person|${randomUUID()}`,
      username: fields.username,
      name: fields.name,
      givenName,
      familyName: rest.join(" "),
      email: fields.email,
      emailVerified: false,
      passwordHash: `${salt.toString("base64url")}.${hash.toString("base64url")}`,
      roles: [],
      permissions: [],
      updatedAt: Math.floor(Date.now() / 1000),
    };
    this.#journal.set(`Person:${person.sub}`, person);
    return person;
  }
}

/** Standard claims (OpenID Connect Core 5.1) and `roles`, but for those that the settings withhold. */
export function claimsOf(
  person: ProviderPerson,
  { issuer, withheldClaims = [] }: Pick<OidcSettings, "issuer" | "withheldClaims">,
): Record<string, unknown> {
  const claims = {
    sub: person.sub,
    name: person.name,
    given_name: person.givenName,
    ...(person.familyName && { family_name: person.familyName }),
    nickname: person.username,
    preferred_username: person.username,
    picture: `${issuer}/pictures/${encodeURIComponent(person.username)}.svg`,
    locale: "en",
    updated_at: person.updatedAt,
    email: person.email,
    email_verified: person.emailVerified,
    roles: [...person.roles],
  };
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !withheldClaims.includes(name)));
}

/** Which scope gives which claim. */
export const claimsByScope: Record<string, string[]> = {
  openid: ["sub", "roles"],
  profile: [
    ...["name", "given_name", "family_name", "nickname", "preferred_username"],
    ...["picture", "locale", "updated_at"],
  ],
  email: ["email", "email_verified"],
};

/** A subject that differs by client (OpenID Connect Core 8.1) and cannot be turned back. */
export function pairwiseSubject(salt: string, sub: string, sector: string): string {
  return createHash("sha256").update(`${salt}\n${sector}\n${sub}`).digest("base64url");
}

/** The sector of a client: the host that its people are sent back to. */
export function sectorOf(client: { readonly redirectUris?: readonly string[] | undefined }): string {
  return new URL(client.redirectUris?.[0] ?? "http://localhost").host;
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
