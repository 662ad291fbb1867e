/**
 * A line of RFC 4180. What a spreadsheet would take for a formula is marked as text by an apostrophe (OWASP, CSV
 * injection).
 */
export function csvLine(values: readonly (string | null)[]): string {
  const cells = values.map((value) => {
    const text = value ?? "";
    const harmless = /^[\s]*[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
    return `"${harmless.replaceAll('"', '""')}"`;
  });
  return `${cells.join(",")}\r\n`;
}
