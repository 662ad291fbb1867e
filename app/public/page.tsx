import type { Metadata } from "next";
import { MessagePanel } from "@/components/messages/message-panel";
import { PageHeading } from "@/components/ui/page-heading";
import { fetchMessage } from "@/lib/domain/messages/fetch-message";
import { paths } from "@/lib/routes";
import { requestContext } from "@/lib/web/context";
import { currentViewer } from "@/lib/web/viewer";
import { openPage } from "../page-builders";

export const metadata: Metadata = { title: "Public" };

export default openPage(paths.public, async () => {
  const [state, result] = await Promise.all([currentViewer(), loadMessage()]);
  return (
    <>
      <PageHeading title="Public message">
        Anyone can read this. It comes from the message service, which was asked without a token.
      </PageHeading>
      <MessagePanel
        result={result}
        path={paths.public}
        viewer={state.status === "signed-in" ? state.viewer : null}
      />
    </>
  );
});

async function loadMessage() {
  return fetchMessage(await requestContext(), { kind: "public" });
}
