/** A failure that a person can act on: its message is one plain sentence and needs no stack. */
export class PlainError extends Error {
  override readonly name = "PlainError";
}

/** What to print for any thrown value: the sentence of a PlainError, else the stack. */
export function describe(error: unknown): string {
  if (error instanceof PlainError) return error.message;
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}
