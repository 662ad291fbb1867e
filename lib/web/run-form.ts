import "server-only";
import type { z } from "zod";
import { personContext, requestContext } from "./context";
import { forgetDraft, keepDraft } from "./form-draft";
import { denied } from "./denied";
import { formFailure } from "./form-failure";
import { requireViewer } from "./page";
import { redirect } from "./redirect";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import type { Context, PersonContext } from "@/lib/domain/context";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { describeCause, log } from "@/lib/platform/log";
import { confirmPath } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";

interface FormDefinition<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** Names of the fields that come back into the form after a mistake. Never a password. */
  readonly keep: readonly string[];
}

type FormAnswer =
  | { readonly redirectTo: string }
  | { readonly formError: string; readonly fieldErrors?: Readonly<Record<string, string>> }
  | { readonly fieldErrors: Readonly<Record<string, string>> };

/** The longest value that is sent back into a field. */
const maxKept = 500;

/**
 * Runs a form action: the fields that `schema` names are read and checked, a mistake comes back beside its field, a
 * failure of ours comes back as a sentence with the reference of the log line, and success moves on.
 */
export async function runForm<Schema extends z.ZodType>(
  previous: FormState,
  form: FormData,
  { schema, keep }: FormDefinition<Schema>,
  handle: (ctx: Context, input: z.output<Schema>) => Promise<FormAnswer>,
): Promise<FormState> {
  const values = keptValues(form, keep);
  const state = (answer: {
    formError?: string;
    fieldErrors?: Readonly<Record<string, string>>;
  }): FormState => ({
    attempt: previous.attempt + 1,
    values,
    fieldErrors: answer.fieldErrors ?? {},
    formError: answer.formError ?? null,
  });
  const parsed = schema.safeParse(
    Object.fromEntries([...form.keys()].map((name) => [name, textField(form, name)])),
  );
  if (!parsed.success) return state({ fieldErrors: firstMessages(parsed.error) });
  const ctx = await requestContext();
  let answer: FormAnswer;
  try {
    answer = await handle(ctx, parsed.data);
  } catch (error) {
    if (error instanceof PermissionDenied) return state({ formError: await denied(error) });
    log.error(
      { event: "action_failed", requestId: ctx.requestId, cause: describeCause(error) },
      "a form action failed",
    );
    const code = isDatabaseUnavailable(error) ? "temporarily_unavailable" : "unexpected";
    return state({ formError: formFailure(code, ctx.requestId) });
  }
  if ("redirectTo" in answer) redirect(answer.redirectTo);
  return state(answer);
}

/**
 * Runs a form action of the gated page at `path`, for the viewer whom that page lets in. An answer of
 * `"authentication_not_recent"` leads through the page that asks for a confirmation and back to `path`, where
 * `draftOf` gives the form what was typed.
 */
export async function runPersonForm<Schema extends z.ZodType>(
  path: string,
  previous: FormState,
  form: FormData,
  definition: FormDefinition<Schema>,
  handle: (ctx: PersonContext, input: z.output<Schema>) => Promise<FormAnswer | "authentication_not_recent">,
): Promise<FormState> {
  const viewer = await requireViewer(path);
  return runForm(previous, form, definition, async (_, input) => {
    const answer = await handle(await personContext(viewer), input);
    if (answer !== "authentication_not_recent") {
      if ("redirectTo" in answer) await forgetDraft(path, viewer);
      return answer;
    }
    await keepDraft(path, viewer, keptValues(form, definition.keep));
    return { redirectTo: confirmPath(path) };
  });
}

function keptValues(form: FormData, keep: readonly string[]): Record<string, string> {
  return Object.fromEntries(keep.map((name) => [name, textField(form, name).slice(0, maxKept)]));
}

function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

function firstMessages(error: z.ZodError): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const { path, message } of error.issues) messages[String(path[0] ?? "")] ??= message;
  return messages;
}
