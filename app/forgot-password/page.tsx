import type { Metadata } from "next";
import { CredentialCard } from "@/components/credentials/credential-card";
import { EmailForm } from "@/components/credentials/email-form";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { sendsMail } from "@/lib/env";
import { paths } from "@/lib/routes";
import { mailRefusals } from "@/lib/shared/mail-refusals";
import { openPage } from "../page-builders";
import { askForReset } from "./actions";

export const metadata: Metadata = { title: "Forgot your password?" };

export default openPage(paths.forgotPassword, async ({ searchParams }) => {
  const { sent } = await searchParams;
  const back = <TextLink href={paths.login}>Back to the login</TextLink>;
  if (sent !== undefined)
    return (
      <CredentialCard title="Check your mail" providers={[]} footer={back}>
        <div className="space-y-4">
          <p>If an account has the address, a mail is on its way. Its link works once, within an hour.</p>
          <p className="text-sm text-muted">
            Nothing there after some minutes? Look among the unwanted mail, or try another address that you
            may have signed up with.
          </p>
        </div>
      </CredentialCard>
    );
  return (
    <CredentialCard
      title="Forgot your password?"
      status={sendsMail() ? null : <Notice tone="warning">{mailRefusals.off}</Notice>}
      providers={[]}
      footer={back}
    >
      <EmailForm
        action={askForReset}
        name="Ask for a new password"
        hint="We send a link there with which you choose a new password."
        submit={{ rest: "Send the link", busy: "Sending…" }}
      />
    </CredentialCard>
  );
});
