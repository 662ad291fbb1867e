import type { Metadata } from "next";
import { ConfirmForm } from "@/components/credentials/confirm-form";
import { confirmNotice } from "@/components/credentials/confirm-notices";
import { CredentialCard } from "@/components/credentials/credential-card";
import { StartOidcForm } from "@/components/credentials/start-oidc-form";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { listConfirmWays } from "@/lib/domain/identity/list-confirm-ways";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { paths, returnToParameter } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { redirect } from "@/lib/web/redirect";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { confirmByPassword } from "./actions";
import { gatedPage } from "../page-builders";

export const metadata: Metadata = { title: "Confirm that it is you" };

export default gatedPage(paths.confirm, async (viewer, { searchParams }) => {
  const [ctx, query] = await Promise.all([personContext(viewer), searchParams]);
  const returnTo = safeReturnPath(query[returnToParameter]) ?? paths.profile;
  if (isRecentlyAuthenticated(ctx)) redirect(returnTo);

  const ways = await listConfirmWays(ctx);
  const notice = confirmNotice(query.notice);
  return (
    <CredentialCard
      title="Confirm that it is you"
      status={<div role="status">{notice ? <Notice tone={notice.tone}>{notice.text}</Notice> : null}</div>}
      intro="What you are about to do is protected: prove once more who you are. Then you go on where you were, and nobody asks again for a while."
      providers={ways.providers.map(({ id, name, loginHint }) => (
        <StartOidcForm
          key={id}
          provider={{ id }}
          intent="confirm"
          returnTo={returnTo}
          parameters={loginHint === null ? {} : { login_hint: loginHint }}
          label={`Confirm with ${name}`}
          wide
        />
      ))}
      footer={
        <>
          You are signed in as {viewer.displayName}. <TextLink href={paths.profile}>Not now</TextLink>
        </>
      }
    >
      {ways.password ? (
        <ConfirmForm
          action={confirmByPassword}
          returnTo={returnTo}
          username={viewer.username ?? viewer.email ?? ""}
        />
      ) : ways.providers.length === 0 ? (
        <Notice tone="warning">There is no way to do that here. Log out, and log in again.</Notice>
      ) : null}
    </CredentialCard>
  );
});
