import "server-only";
import { apiErrors, type ApiErrorCode } from "@/lib/shared/api-errors";

/** Every answer of our own API but the success of a message. */
interface Envelope {
  readonly message: string;
  /** With an error null, or `{ fields }` that says what each field lacks. */
  readonly data: unknown;
  readonly error: ApiErrorCode | null;
}

type Headers = Readonly<Record<string, string>>;

/** Why a request is refused. */
export interface ApiRefusal<Code extends ApiErrorCode = ApiErrorCode> {
  readonly code: Code;
  readonly message: string;
  /** What each field lacks, in words for the person who filled it in. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Headers;
}

/** JSON that no cache keeps. */
export function jsonAnswer(body: unknown, status = 200, headers: Headers = {}): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
}

export function apiSuccess(data: unknown, status = 200): Response {
  return jsonAnswer({ message: "OK", data, error: null } satisfies Envelope, status);
}

/** The answer to a refused request; a 401 names how to authenticate (RFC 9110 section 11.6.1). */
export function refusalAnswer({ code, message, fields, headers }: ApiRefusal): Response {
  const { status } = apiErrors[code];
  const body: Envelope = { message, data: fields === undefined ? null : { fields }, error: code };
  return jsonAnswer(body, status, {
    ...(status === 401 && { "WWW-Authenticate": 'Bearer realm="gatehouse"' }),
    ...headers,
  });
}

export function apiFailure(code: ApiErrorCode, message: string, headers: Headers = {}): Response {
  return refusalAnswer({ code, message, headers });
}
