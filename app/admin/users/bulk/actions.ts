"use server";

import { z } from "zod";
import { stopJob } from "@/lib/domain/bulk/end-job";
import { bulkOrderSchema, bulkSuspensionSchema, bulkTargetFields } from "@/lib/domain/bulk/target-fields";
import { startBulk, type StartBulkFailure } from "@/lib/domain/bulk/start-bulk";
import { paths } from "@/lib/routes";
import { bulkJobPath, bulkPath } from "@/lib/routes-admin";
import type { FormState } from "@/lib/shared/form-state";
import { workBulkJobsAfterResponse } from "@/lib/web/bulk-work";
import { runPersonAction } from "@/lib/web/run-action";
import { runPersonForm } from "@/lib/web/run-form";

const problems: Readonly<Record<Exclude<StartBulkFailure, "authentication_not_recent">, string>> = {
  no_such_role: "There is no such role any more.",
  beyond_own_permissions: "That role may do what you may not, so it is for somebody with more permissions.",
  nobody: "There is nobody like that any more.",
  too_many: "These are too many people for one time. Narrow the list down.",
  changed_since_preview: "There are more people than this page has shown. Look at it anew before you go on.",
};

/** Orders a change to many people: the fields of `bulkSuspensionSchema` or `bulkOrderSchema`. */
export async function orderBulkChange(previous: FormState, form: FormData): Promise<FormState> {
  const suspends = form.get("kind") === "suspend";
  const definition = {
    schema: suspends ? bulkSuspensionSchema : bulkOrderSchema,
    keep: suspends ? ["reason", "until"] : [],
  };
  return runPersonForm(pathOf(form), previous, form, definition, async (ctx, order) => {
    if ("until" in order && order.until != null && order.until <= ctx.now())
      return { fieldErrors: { until: "Choose a day to come" } };
    const started = await startBulk(ctx, order);
    if (!started.ok)
      return started.error === "authentication_not_recent"
        ? started.error
        : { formError: problems[started.error] };
    workBulkJobsAfterResponse();
    return { redirectTo: bulkJobPath(started.value) };
  });
}

/** Stops the job in the field `job` before its next person. */
export async function stopBulkChange(form: FormData): Promise<void> {
  return runPersonAction(paths.adminBulk, async (ctx) => {
    const jobId = z.uuid().safeParse(form.get("job"));
    if (!jobId.success) return paths.adminUsers;
    await stopJob(ctx, { jobId: jobId.data });
    return bulkJobPath(jobId.data);
  });
}

/** The page that showed what would happen. */
function pathOf(form: FormData): string {
  const given = bulkTargetFields.flatMap((name) => {
    const value = form.get(name);
    return typeof value === "string" && value !== "" ? [[name, value] as const] : [];
  });
  return bulkPath(Object.fromEntries(given));
}
