import "server-only";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import { apiSuccess, jsonAnswer, refusalAnswer, type ApiRefusal } from "./api-answer";
import type { Operation } from "./api-operation";
import { apiRoute, openApiRoute, publicMutation } from "./api-route";
import { readJson } from "./read-json";
import type { Context, PersonContext } from "@/lib/domain/context";
import type { ApiErrorCode } from "@/lib/shared/api-errors";
import { failure, success, type Result } from "@/lib/shared/result";

type Given<Op> = Op extends { readonly access: "person" } ? PersonContext : Context;
type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type BodyOf<Op> = Op extends { readonly body: infer Schema } ? Output<Schema> : undefined;
type ParamsOf<Op> = Op extends { readonly params: infer Schema } ? Output<Schema> : undefined;

interface Asked<Op extends Operation> {
  readonly params: ParamsOf<Op>;
  readonly body: BodyOf<Op>;
  readonly request: NextRequest;
}

/** Every operation may fail with the last two. */
type CodeOf<Op extends Operation> = Op["errors"][number] | "unexpected" | "temporarily_unavailable";

type Handler<Op extends Operation> = (
  ctx: Given<Op>,
  asked: Asked<Op>,
) => Promise<Result<z.input<Op["data"]>, ApiRefusal<CodeOf<Op>>>>;

/**
 * The route handler of an operation: finds out who asks and whether they may, reads and checks path and body, and maps
 * what `handle` says to an answer. The handler can refuse with the codes that the operation names and no others.
 */
export function endpoint<const Op extends Operation>(operation: Op, handle: Handler<Op>) {
  const answer = async (
    ctx: Context,
    { params, request }: { readonly params: unknown; readonly request: NextRequest },
  ): Promise<Response> => {
    const path = operation.params?.safeParse(params);
    if (path?.success === false)
      return refusalAnswer({ code: "not_found", message: "There is nothing of that name." });
    const body =
      operation.body === undefined ? success(undefined) : await bodyOf(operation.body, operation, request);
    if (!body.ok) return body.error;
    // What the operation says is what the guard below has let in and the schemas have parsed.
    const handled = await handle(
      ctx as Given<Op>,
      { params: path?.data, body: body.value, request } as Asked<Op>,
    );
    if (!handled.ok) return refusalAnswer(handled.error);
    const { bare, status = 200 } = operation;
    return bare ? jsonAnswer(handled.value, status) : apiSuccess(handled.value, status);
  };
  switch (operation.access) {
    case "person":
      return apiRoute<unknown>(operation, answer);
    case "optional":
      return openApiRoute<unknown>(answer);
    case "open":
      return publicMutation<unknown>(answer);
  }
}

/** A refusal, for a handler to return. */
export function refuse<const Code extends ApiErrorCode>(
  code: Code,
  message: string,
  more: Pick<ApiRefusal, "fields" | "headers"> = {},
) {
  return failure<ApiRefusal<Code>>({ code, message, ...more });
}

async function bodyOf(
  schema: z.ZodObject,
  { unfitBody }: Operation,
  request: Request,
): Promise<Result<unknown, Response>> {
  const json = await readJson(request);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return success(parsed.data);
  return failure(
    refusalAnswer(
      unfitBody ?? {
        code: "invalid_fields",
        message: "Some fields are not right.",
        fields: faultsOf(parsed.error),
      },
    ),
  );
}

/** The first fault of each field; unknown fields are named one by one. */
export function faultsOf({ issues }: z.ZodError): Record<string, string> {
  const faults = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [key, "There is no such field"] as const)
      : [[issue.path.join("."), issue.message] as const],
  );
  // The last of the same name stays.
  return Object.fromEntries(faults.reverse());
}
