const shown = 18;

/** A subject as far as it helps to tell two apart; providers give up to 255 characters. */
export function shortSubject(subject: string): string {
  const characters = [...subject];
  if (characters.length <= shown) return subject;
  return `${characters.slice(0, shown - 7).join("")}…${characters.slice(-6).join("")}`;
}
