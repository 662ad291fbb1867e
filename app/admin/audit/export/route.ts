import { exportEvents } from "@/lib/domain/audit/export-events";
import { auditFormats, readAuditQuery } from "@/lib/domain/audit/schemas";
import { loginPath, paths } from "@/lib/routes";
import { auditFilterNames } from "@/lib/shared/audit";
import { outcome, seeOther } from "@/lib/web/answers";
import { personContext } from "@/lib/web/context";
import { formRoute } from "@/lib/web/form-route";
import { streamText } from "@/lib/web/stream-text";
import { currentViewer } from "@/lib/web/viewer";

const types = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson; charset=utf-8" } as const;

/** The rows of the audit log that the fields let through, as a file: field `format` is `csv` or `jsonl`. */
export const POST = formRoute(async (ctx, form) => {
  const state = await currentViewer();
  if (state.status !== "signed-in") return seeOther(loginPath(paths.adminAudit, "session-ended"));
  const format = auditFormats.find((name) => name === form("format"));
  const { query, errors } = readAuditQuery(
    Object.fromEntries(auditFilterNames.map((name) => [name, form(name)])),
  );
  if (format === undefined || Object.keys(errors).length > 0)
    return outcome("invalid_request", ctx.requestId);
  const pieces = await exportEvents(await personContext(state.viewer), { format, filter: query });
  return new Response(streamText(pieces, ctx.requestId), {
    headers: {
      "Content-Type": types[format],
      "Content-Disposition": `attachment; filename="gatehouse-audit.${format}"`,
      "Cache-Control": "no-store",
    },
  });
});
