import type { Metadata } from "next";
import { mayOpen } from "@/components/layout/navigation";
import { MessagePanel } from "@/components/messages/message-panel";
import { PageHeading } from "@/components/ui/page-heading";
import { fetchMessage } from "@/lib/domain/messages/fetch-message";
import { paths } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { currentViewer } from "@/lib/web/viewer";
import { gatedPage } from "../page-builders";

export async function generateMetadata(): Promise<Metadata> {
  const state = await currentViewer();
  const allowed = mayOpen(state.status === "signed-in" ? state.viewer : null, paths.admin);
  return { title: allowed ? "Admin" : "Not allowed" };
}

export default gatedPage(paths.admin, async (viewer) => {
  const result = await fetchMessage(await personContext(viewer), { kind: "admin" });
  return (
    <>
      <PageHeading title="Admin message">
        For those who may read it. This site checked your permission, and the message service checks it once
        more in your access token.
      </PageHeading>
      <MessagePanel result={result} path={paths.admin} viewer={viewer} />
    </>
  );
});
