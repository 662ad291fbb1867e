/**
 * True when a text can be kept and shown: whole Unicode characters and no control characters. PostgreSQL refuses a null
 * byte in text and half a surrogate pair in JSON.
 */
export function isStorableText(value: string): boolean {
  return value.isWellFormed() && !/\p{Cc}/u.test(value);
}

/** The text without what cannot be kept; line breaks and tabs stay. */
export function storableText(value: string): string {
  return value.toWellFormed().replaceAll("\0", "");
}

/** JSON with every text in it made storable, names of members too. */
export function storableJson(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [storableText(name), storableJson(member)]),
  );
}
