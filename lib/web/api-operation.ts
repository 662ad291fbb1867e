import type { z } from "zod";
import type { ApiRefusal } from "./api-answer";
import type { ApiErrorCode } from "@/lib/shared/api-errors";
import type { Permission } from "@/lib/shared/permissions";

/**
 * What one method of one path takes and answers. The route handler is built from it ({@link endpoint}), and so is its
 * part of the OpenAPI document.
 */
export interface Operation {
  readonly summary: string;
  /**
   * `person`: signed in, by session cookie or bearer token. `optional`: whoever is signed in counts, and nobody need be.
   * `open`: who is signed in makes no difference.
   */
  readonly access: "person" | "optional" | "open";
  /** What the person must be allowed to do; they must then have proved their e-mail address. */
  readonly permission?: Permission;
  /** The parts of the path that vary, as strings; what does not fit is not found. */
  readonly params?: z.ZodObject;
  /** The JSON object in the body. A strict one refuses unknown fields. */
  readonly body?: z.ZodObject;
  /** What is said of a body that does not fit, when it is not to be told field by field. */
  readonly unfitBody?: ApiRefusal;
  /** What stands in `data` when all is well, in JSON. */
  readonly data: z.ZodType;
  /** When all is well; 200 when left out. */
  readonly status?: 200 | 201 | 202;
  /** The answer is `data` alone, without the envelope. */
  readonly bare?: true;
  /** What the handler may refuse with, besides {@link impliedErrors}. */
  readonly errors: readonly ApiErrorCode[];
}

const safeMethods: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** True for a method that changes something (RFC 9110 section 9.2.1). */
export function isMutation(method: string): boolean {
  return !safeMethods.includes(method);
}

/** What a handler of such an operation may be refused with before it is asked. */
export function impliedErrors(method: string, operation: Operation): ApiErrorCode[] {
  const { access, permission, params, body, unfitBody } = operation;
  return [
    ...(access === "open" ? [] : (["unauthenticated"] as const)),
    ...(isMutation(method) ? (["cross_site_request"] as const) : []),
    ...(permission === undefined ? [] : (["denied", "unverified"] as const)),
    ...(params === undefined ? [] : (["not_found"] as const)),
    ...(body === undefined ? [] : refusalsOfBody(unfitBody)),
    ...(["unexpected", "temporarily_unavailable"] as const),
  ];
}

function refusalsOfBody(unfit: ApiRefusal | undefined): ApiErrorCode[] {
  return ["invalid_request", "body_too_large", "unsupported_media_type", unfit?.code ?? "invalid_fields"];
}
