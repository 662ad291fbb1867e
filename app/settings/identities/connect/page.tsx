import type { Metadata } from "next";
import { headers } from "next/headers";
import { ConnectIdentity } from "@/components/identities/connect-identity";
import { Outcome } from "@/components/outcome/outcome";
import { findPendingIdentity } from "@/lib/domain/linking/find-pending-identity";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { confirmPath, paths } from "@/lib/routes";
import { outcomes } from "@/lib/shared/outcomes";
import { personContext } from "@/lib/web/context";
import { setPageStatus } from "@/lib/web/page-status";
import { pendingIdentityToken } from "@/lib/web/pending-identity-cookie";
import { redirect } from "@/lib/web/redirect";
import { requestIdHeader } from "@/lib/web/request-headers";
import { gatedPage } from "../../../page-builders";
import { connectIdentity, leaveIdentity } from "./actions";

export const metadata: Metadata = { title: "Connect an identity" };

export default gatedPage(paths.connectIdentity, async (viewer) => {
  const ctx = await personContext(viewer);
  const token = await pendingIdentityToken();
  const pending = token === null ? null : await findPendingIdentity(ctx, token);
  if (pending === null) {
    setPageStatus((await headers()).get(requestIdHeader) ?? "", outcomes.pending_identity_gone.status);
    return <Outcome code="pending_identity_gone" reference={null} from={null} />;
  }
  if (!isRecentlyAuthenticated(ctx)) redirect(confirmPath(paths.connectIdentity));
  return (
    <ConnectIdentity pending={pending} viewer={viewer} connect={connectIdentity} leave={leaveIdentity} />
  );
});
