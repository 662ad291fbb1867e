import type { Metadata } from "next";
import { headers } from "next/headers";
import { ProposedLogin } from "@/components/credentials/proposed-login";
import { Outcome } from "@/components/outcome/outcome";
import { listProviders } from "@/lib/domain/oidc/list-providers";
import { paths, returnToParameter } from "@/lib/routes";
import { outcomes } from "@/lib/shared/outcomes";
import { readStartParameters } from "@/lib/shared/start-parameters";
import { setPageStatus } from "@/lib/web/page-status";
import { requestIdHeader } from "@/lib/web/request-headers";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { currentViewer } from "@/lib/web/viewer";
import { openPage } from "../../page-builders";

export const metadata: Metadata = { title: "Log in" };

export default openPage(paths.proposedLogin, async ({ searchParams }) => {
  const [state, query] = await Promise.all([currentViewer(), searchParams]);
  const provider = listProviders().find(({ id }) => id === query["provider"]);
  const returnTo = safeReturnPath(query[returnToParameter]);
  if (provider === undefined) {
    const reference = (await headers()).get(requestIdHeader) ?? "";
    setPageStatus(reference, outcomes.provider_not_configured.status);
    return <Outcome code="provider_not_configured" reference={null} from={returnTo} />;
  }
  const { login_hint: loginHint } = readStartParameters((name) => {
    const value = query[name];
    return typeof value === "string" ? value : null;
  });
  return (
    <ProposedLogin
      provider={provider}
      returnTo={returnTo}
      parameters={loginHint === undefined ? {} : { login_hint: loginHint }}
      viewer={state.status === "signed-in" ? state.viewer : null}
    />
  );
});
