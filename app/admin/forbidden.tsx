import { Denied } from "@/components/outcome/denied";
import { accessFor, paths } from "@/lib/routes";
import { currentViewer } from "@/lib/web/viewer";

export default async function AdminForbidden() {
  const state = await currentViewer();
  const access = accessFor(paths.admin);
  return (
    <Denied
      permission={access?.kind === "permission" ? access.permission : null}
      viewer={state.status === "signed-in" ? state.viewer : null}
    />
  );
}
