import "server-only";
import { z } from "zod";
import { impliedErrors, type Operation } from "./api-operation";
import { apiErrors, type ApiErrorCode } from "@/lib/shared/api-errors";

/** Every operation by path and method, in lower case as in OpenAPI. */
export type Operations = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of the operations that the route handlers are built from. */
export function describeApi(
  operations: Operations,
  { server, sessionCookie }: { readonly server: string; readonly sessionCookie: string },
): Json {
  return {
    openapi: "3.1.1",
    info: {
      title: "Gatehouse",
      version: "1",
      summary: "Accounts, sign-in and messages, for front ends and scripts.",
      description:
        "Every answer but a message is `{ message, data, error }`, with a stable code in `error`. Paths and methods that are not named here answer 404 and 405. A front end on another origin is let in by `CORS_ORIGINS`, and sends its requests with credentials.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: server }],
    paths: Object.fromEntries(
      Object.entries(operations).map(([path, methods]) => [path, describePath(methods)]),
    ),
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: sessionCookie },
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      },
    },
  };
}

function describePath(methods: Operations[string]): Json {
  return Object.fromEntries(
    Object.entries(methods).map(([method, operation]) => [method, describeOperation(method, operation)]),
  );
}

function describeOperation(method: string, operation: Operation): Json {
  const { summary, access, permission, params, body, data, status = 200, bare, errors } = operation;
  const signedIn = [{ session: [] }, { bearer: [] }];
  return {
    summary,
    ...(permission !== undefined && { description: `Needs the permission \`${permission}\`.` }),
    security: { person: signedIn, optional: [{}, ...signedIn], open: [] }[access],
    ...(params !== undefined && { parameters: describeParams(params) }),
    ...(body !== undefined && { requestBody: { required: true, content: jsonOf(schemaOf(body, "input")) } }),
    responses: {
      [status]: {
        description: "All is well.",
        content: jsonOf(bare ? schemaOf(data, "output") : envelope(schemaOf(data, "output"), null)),
      },
      ...describeErrors([...new Set([...impliedErrors(method.toUpperCase(), operation), ...errors])]),
    },
  };
}

function describeParams(params: z.ZodObject): Json[] {
  return Object.entries<z.core.$ZodType>(params.shape).map(([name, schema]) => ({
    ...{ name, in: "path", required: true },
    schema: schemaOf(schema, "input"),
  }));
}

/** One answer for each status, which names its codes. */
function describeErrors(codes: readonly ApiErrorCode[]): Json {
  const answers: Record<number, Json> = {};
  for (const { status } of codes.map((code) => apiErrors[code])) {
    const same = codes.filter((code) => apiErrors[code].status === status);
    answers[status] = {
      description: same.map((code) => `\`${code}\`: ${apiErrors[code].when}.`).join("\n"),
      ...headersOf(status),
      content: jsonOf(envelope(same.includes("invalid_fields") ? faults : { type: "null" }, same)),
    };
  }
  return answers;
}

function headersOf(status: number): Json {
  const header = (name: string, required: boolean) => ({
    headers: { [name]: { required, schema: { type: "string" } } },
  });
  if (status === 401) return header("WWW-Authenticate", true);
  if (status === 429) return header("Retry-After", true);
  return status === 503 ? header("Retry-After", false) : {};
}

/** What each field lacks. */
const faults = {
  type: "object",
  properties: { fields: { type: "object", additionalProperties: { type: "string" } } },
  required: ["fields"],
  additionalProperties: false,
};

function envelope(data: Json, codes: readonly ApiErrorCode[] | null): Json {
  return {
    type: "object",
    properties: {
      message: { type: "string" },
      data,
      error: codes === null ? { type: "null" } : { type: "string", enum: codes },
    },
    required: ["message", "data", "error"],
    additionalProperties: false,
  };
}

function jsonOf(schema: unknown): Json {
  return { "application/json": { schema } };
}

/** As JSON Schema 2020-12, which is the dialect of OpenAPI 3.1, so that `$schema` goes without saying. */
function schemaOf(schema: z.core.$ZodType, io: "input" | "output"): Json {
  const described = z.toJSONSchema(schema, { io });
  delete described.$schema;
  return described;
}
