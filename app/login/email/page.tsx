import type { Metadata } from "next";
import { CredentialCard } from "@/components/credentials/credential-card";
import { EmailForm } from "@/components/credentials/email-form";
import { UnavailableNotice } from "@/components/credentials/unavailable-notice";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { sendsMail } from "@/lib/env";
import { loginPath, paths, returnToParameter } from "@/lib/routes";
import { mailRefusals } from "@/lib/shared/mail-refusals";
import { redirect } from "@/lib/web/redirect";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { currentViewer } from "@/lib/web/viewer";
import { openPage } from "../../page-builders";
import { askForCode } from "./actions";

export const metadata: Metadata = { title: "Log in by e-mail" };

export default openPage(paths.emailLogin, async ({ searchParams }) => {
  const [state, query] = await Promise.all([currentViewer(), searchParams]);
  const returnTo = safeReturnPath(query[returnToParameter]);
  if (state.status === "signed-in") redirect(returnTo ?? paths.profile);
  const status =
    state.status === "unavailable" ? (
      <UnavailableNotice />
    ) : sendsMail() ? null : (
      <Notice tone="warning">{mailRefusals.off}</Notice>
    );
  return (
    <CredentialCard
      title="Log in by e-mail"
      status={status}
      providers={[]}
      footer={<TextLink href={loginPath(returnTo ?? undefined)}>Log in another way</TextLink>}
    >
      <EmailForm
        action={askForCode}
        name="Log in by e-mail"
        hint="We send a code there that you type here. No password is needed."
        submit={{ rest: "Send the code", busy: "Sending…" }}
        returnTo={returnTo}
      />
    </CredentialCard>
  );
});
