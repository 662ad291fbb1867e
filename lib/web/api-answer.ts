import "server-only";

/** Every answer of our own API but the success of a message: `data` is null when `error` is not. */
interface Envelope {
  readonly message: string;
  readonly data: unknown;
  /** A stable code. */
  readonly error: string | null;
}

/** JSON that no cache keeps. */
export function jsonAnswer(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
}

export function apiSuccess(data: unknown): Response {
  return jsonAnswer({ message: "OK", data, error: null } satisfies Envelope);
}

export function apiFailure(
  status: number,
  error: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Response {
  return jsonAnswer({ message, data: null, error } satisfies Envelope, status, headers);
}
