import type { Metadata } from "next";
import { StartOidcForm } from "@/components/credentials/start-oidc-form";
import { ApiAccess } from "@/components/profile/api-access";
import { apiAccessNotice } from "@/components/profile/api-access-notices";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusNotice } from "@/components/ui/status-notice";
import { TextLink } from "@/components/ui/text-link";
import { describeApiAccess } from "@/lib/domain/tokens/describe-api-access";
import { paths } from "@/lib/routes";
import type { ApiAccessView } from "@/lib/shared/api-access";
import type { Viewer } from "@/lib/shared/views";
import { personContext } from "@/lib/web/context";
import { disconnect, renew } from "./actions";
import { gatedPage } from "../../page-builders";

export const metadata: Metadata = { title: "API access" };

export default gatedPage(paths.apiAccess, async (viewer, { searchParams }) => {
  const access = await describeApiAccess(await personContext(viewer));
  const notice = apiAccessNotice((await searchParams)["done"]);
  return (
    <>
      <PageHeading title="API access">
        What this site may ask the message service for in your name. The token stays on the server and is
        renewed by itself. <TextLink href={paths.profile}>Back to your profile</TextLink>
      </PageHeading>
      <StatusNotice tone={notice?.tone}>{notice?.text}</StatusNotice>
      {access ? (
        <>
          <ApiAccess access={access} />
          <ApiAccessButtons access={access} viewer={viewer} />
        </>
      ) : (
        <Notice tone="info">No message service is connected to this site.</Notice>
      )}
    </>
  );
});

function ApiAccessButtons({ access, viewer }: { access: ApiAccessView; viewer: Viewer }) {
  const { provider } = viewer;
  const ended = access.state === "disconnected" || access.state === "expired";
  return (
    <div className="mt-6 flex flex-wrap gap-3">
      {provider !== null && ended ? (
        <StartOidcForm
          provider={provider}
          intent="sign-in"
          returnTo={paths.apiAccess}
          label={`Connect again with ${provider.name}`}
          variant="primary"
        />
      ) : null}
      {access.renewable ? (
        <form action={renew}>
          <Button>Renew now</Button>
        </form>
      ) : null}
      {access.disconnectable ? (
        <form action={disconnect}>
          <Button variant="danger">Disconnect</Button>
        </form>
      ) : null}
    </div>
  );
}
