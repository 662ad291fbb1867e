import type { Fault, Present } from "./env-rules";

/** The id of the provider that the plain names (`OIDC_ISSUER`) speak of. */
const plainId = "oidc";
/** Ids that mean something else in paths, rows and variable names. */
const reservedIds = ["granted", "local", "password", "providers", "ticket"];
const idShape = /^(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const listName = "OIDC_PROVIDERS";
const prefix = "OIDC_";

/** What the environment says of one provider, by the ends of the names (`ISSUER`). */
export interface Said {
  readonly id: string;
  /** False for the plain names without a list: then they may all be left out. */
  readonly listed: boolean;
  readonly values: Present;
}

export function variableOf(id: string, field: string): string {
  return `${prefix}${id === plainId ? "" : `${id.toUpperCase().replaceAll("-", "_")}_`}${field}`;
}

/** Shares the variables out among the providers, and says which of them belong to none. */
export function assignVariables(
  present: Present,
  fields: readonly string[],
): { said: Said[]; faults: Fault[] } {
  const list = present[listName]
    ?.split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  const ids = [...new Set(list ?? [plainId])];
  const names = new Set(ids.flatMap((id) => fields.map((field) => variableOf(id, field))));
  const said = ids.map((id) => ({
    id,
    listed: list !== undefined,
    values: Object.fromEntries(
      fields.flatMap((field) => {
        const value = present[variableOf(id, field)];
        return value === undefined ? [] : [[field, value] as const];
      }),
    ),
  }));
  const strays = Object.keys(present).filter(
    (name) => name.startsWith(prefix) && name !== listName && !names.has(name),
  );
  const unset = [...names].filter((name) => present[name] === undefined);
  const plain = new Set(fields.map((field) => variableOf(plainId, field)));
  const faults = strays.map((name) => ({
    name,
    message: plain.has(name)
      ? `has no effect: it speaks of the provider ${plainId}, which ${listName} does not list`
      : strayMessage(name, unset, fields),
  }));
  return { said, faults: [...listFaults(list ?? []), ...faults] };
}

function listFaults(list: readonly string[]): Fault[] {
  const messages = list.flatMap((id, at) => {
    if (!idShape.test(id))
      return [
        `"${id}" cannot be an id: use lower-case letters, digits and single hyphens, at most 32 in all`,
      ];
    if (reservedIds.includes(id)) return [`"${id}" means something else here: take another id`];
    return list.indexOf(id) < at ? [`lists "${id}" twice: each provider needs an id of its own`] : [];
  });
  return messages.map((message) => ({ name: listName, message }));
}

function strayMessage(name: string, unset: readonly string[], fields: readonly string[]): string {
  const meant = unset.find((candidate) => distance(name, candidate) <= 2);
  if (meant !== undefined) return `is not a variable of Gatehouse: did you mean ${meant}?`;
  const field = fields.find((end) => name.endsWith(`_${end}`));
  const id =
    field &&
    name
      .slice(prefix.length, -field.length - 1)
      .toLowerCase()
      .replaceAll("_", "-");
  return id !== undefined && idShape.test(id)
    ? `belongs to no provider: add ${id} to ${listName}, or take it out`
    : "is not a variable of Gatehouse: take it out, or find the right name in docs/configuration.md";
}

/** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [to, wanted] of [...other].entries())
      next.push(
        Math.min((row[to] ?? 0) + (letter === wanted ? 0 : 1), (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1),
      );
    row = next;
  }
  return row[other.length] ?? 0;
}
