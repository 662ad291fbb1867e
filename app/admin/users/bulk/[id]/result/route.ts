import { z } from "zod";
import { exportJob } from "@/lib/domain/bulk/export-job";
import { loginPath, paths } from "@/lib/routes";
import { outcome, seeOther } from "@/lib/web/answers";
import { personContext } from "@/lib/web/context";
import { formRoute } from "@/lib/web/form-route";
import { streamText } from "@/lib/web/stream-text";
import { currentViewer } from "@/lib/web/viewer";

/** What came of a change to many people, person by person, as CSV. */
export const POST = formRoute<{ id: string }>(async (ctx, _form, _request, { id }) => {
  const state = await currentViewer();
  if (state.status !== "signed-in") return seeOther(loginPath(paths.adminUsers, "session-ended"));
  const jobId = z.uuid().safeParse(id);
  const pieces = jobId.success
    ? await exportJob(await personContext(state.viewer), { jobId: jobId.data })
    : null;
  if (pieces === null) return outcome("no_such_job", ctx.requestId);
  return new Response(streamText(pieces, ctx.requestId), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="gatehouse-people.csv"',
      "Cache-Control": "no-store",
    },
  });
});
