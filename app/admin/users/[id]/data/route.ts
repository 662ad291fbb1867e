import { z } from "zod";
import { exportPerson } from "@/lib/domain/administration/export-person";
import { confirmPath, loginPath } from "@/lib/routes";
import { adminUserPath } from "@/lib/routes-admin";
import { seeOther } from "@/lib/web/answers";
import { personContext } from "@/lib/web/context";
import { formRoute } from "@/lib/web/form-route";
import { currentViewer } from "@/lib/web/viewer";

/** Everything about a person as a file. */
export const POST = formRoute<{ id: string }>(async (_ctx, _form, _request, { id }) => {
  const state = await currentViewer();
  const userId = z.uuid().safeParse(id);
  if (!userId.success) return seeOther(adminUserPath(""));
  if (state.status !== "signed-in") return seeOther(loginPath(adminUserPath(id), "session-ended"));
  const exported = await exportPerson(await personContext(state.viewer), { userId: userId.data });
  if (exported.ok)
    return new Response(JSON.stringify(exported.value, null, 2), {
      headers: {
        "Content-Type": "application/json",
        "Content-Disposition": `attachment; filename="person-${userId.data}.json"`,
        "Cache-Control": "no-store",
      },
    });
  if (exported.error === "authentication_not_recent") return seeOther(confirmPath(adminUserPath(id)));
  return seeOther(adminUserPath(id, { problem: exported.error }));
});
