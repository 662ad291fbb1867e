import { peopleQuerySchema, type PeopleQuery } from "@/lib/domain/administration/schemas";
import { paths } from "@/lib/routes";

/** The list of people that these fields ask for. */
export function adminUsersPath(query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? paths.adminUsers : `${paths.adminUsers}?${text}`;
}

interface ReadQuery {
  /** What is asked for, without the fields that are wrong. */
  readonly query: PeopleQuery;
  /** The fields as they stood in the address. */
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  /** False for an address with empty fields, such as a form makes. */
  readonly tidy: boolean;
}

/** The query of the list of people, from an address that anybody may have written. */
export function readPeopleQuery(params: Readonly<Record<string, string | string[] | undefined>>): ReadQuery {
  const given = Object.keys(peopleQuerySchema.shape).flatMap((name) => {
    const value = params[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  const values = Object.fromEntries(given.filter(([, value]) => value !== ""));
  const parsed = peopleQuerySchema.safeParse(values);
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error?.issues ?? []) errors[String(path[0])] ??= message;
  const right = Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(errors, name)));
  return {
    query: parsed.data ?? peopleQuerySchema.parse(right),
    values,
    errors,
    tidy: given.length === Object.keys(values).length,
  };
}
