import type { Metadata } from "next";
import { MessagePanel } from "@/components/messages/message-panel";
import { PageHeading } from "@/components/ui/page-heading";
import { fetchMessage } from "@/lib/domain/messages/fetch-message";
import { paths } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { gatedPage } from "../page-builders";

export const metadata: Metadata = { title: "Protected" };

export default gatedPage(paths.protected, async (viewer) => {
  const result = await fetchMessage(await personContext(viewer), { kind: "protected" });
  return (
    <>
      <PageHeading title="Protected message">
        For everyone who is signed in. The message service was asked with your own access token, which stays
        on the server.
      </PageHeading>
      <MessagePanel result={result} path={paths.protected} viewer={viewer} />
    </>
  );
});
