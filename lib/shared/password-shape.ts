/** Rows of keys as fingers run along them. */
const rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/**
 * How many characters of a password are not foretold by the one before: `aaaa`, `abcd`, `4321` and `qwer` have one each.
 */
export function freeCharacters(password: string): number {
  const characters = [...password.normalize("NFKC").toLowerCase()];
  return characters.filter((character, at) => at === 0 || !follows(characters[at - 1] ?? "", character))
    .length;
}

function follows(before: string, after: string): boolean {
  const step = (after.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
  if (Math.abs(step) <= 1) return true;
  return rows.some(
    (row) =>
      row.includes(before) && row.includes(after) && Math.abs(row.indexOf(before) - row.indexOf(after)) === 1,
  );
}

/** The shortest part that the whole of a text repeats, or the text itself. */
export function repeatedPart(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}
