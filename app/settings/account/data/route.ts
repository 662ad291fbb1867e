import { collectPersonData } from "@/lib/domain/account/collect-person-data";
import { confirmPath, loginPath, paths } from "@/lib/routes";
import { seeOther } from "@/lib/web/answers";
import { personContext } from "@/lib/web/context";
import { formRoute } from "@/lib/web/form-route";
import { currentViewer } from "@/lib/web/viewer";

/** Everything about the viewer as a file. */
export const POST = formRoute(async () => {
  const state = await currentViewer();
  if (state.status !== "signed-in") return seeOther(loginPath(paths.account, "session-ended"));
  const collected = await collectPersonData(await personContext(state.viewer));
  if (!collected.ok) return seeOther(confirmPath(paths.account));
  return new Response(JSON.stringify(collected.value, null, 2), {
    headers: {
      "Content-Type": "application/json",
      "Content-Disposition": 'attachment; filename="gatehouse-data.json"',
      "Cache-Control": "no-store",
    },
  });
});
