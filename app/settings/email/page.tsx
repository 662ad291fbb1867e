import type { Metadata } from "next";
import { OneFieldForm } from "@/components/settings/one-field-form";
import { Section } from "@/components/settings/section";
import { Badge } from "@/components/ui/badge";
import type { NoticeTone } from "@/components/ui/notice";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusNotice } from "@/components/ui/status-notice";
import { TextLink } from "@/components/ui/text-link";
import { pendingEmailChange } from "@/lib/domain/email-change/request-email-change";
import { sendsMail } from "@/lib/env";
import { paths } from "@/lib/routes";
import { emailNotices, type EmailNotice } from "@/lib/routes-email";
import { mailRefusals } from "@/lib/shared/mail-refusals";
import { personContext } from "@/lib/web/context";
import { draftOf } from "@/lib/web/form-draft";
import { gatedPage } from "../../page-builders";
import { askForNewAddress } from "./actions";

export const metadata: Metadata = { title: "E-mail" };

const notices: Readonly<Record<EmailNotice, { readonly tone: NoticeTone; readonly text: string }>> = {
  sent: { tone: "success", text: "The link is on its way. It may take a minute to arrive." },
  changed: { tone: "success", text: "Your address is changed. Your other sessions have ended." },
  wait: {
    tone: "warning",
    text: "The address was changed too often within an hour. The link stays good: open it again later.",
  },
};

export default gatedPage(paths.emailSettings, async (viewer, { searchParams }) => {
  const waiting = await pendingEmailChange(await personContext(viewer));
  const { notice: code } = await searchParams;
  const name = emailNotices.find((candidate) => candidate === code);
  const notice = name === undefined ? null : notices[name];
  return (
    <>
      <PageHeading title="E-mail">Where we reach you, and where you get back in from.</PageHeading>
      <StatusNotice tone={notice?.tone}>{notice?.text}</StatusNotice>
      <Section title="Your address">
        {viewer.email === null ? (
          <p className="text-muted">None yet.</p>
        ) : (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="wrap-anywhere">{viewer.email}</span>
            {viewer.emailVerified ? (
              <Badge tone="success">Confirmed</Badge>
            ) : (
              <TextLink href={paths.confirmEmail}>Not confirmed</TextLink>
            )}
          </p>
        )}
        {waiting === null ? null : (
          <p className="mt-4 text-sm wrap-anywhere text-muted">
            A link went to <span className="font-medium text-ink">{waiting}</span>. Open it within 24 hours,
            logged in here, and that is your address. Until then nothing changes.
          </p>
        )}
      </Section>
      <Section
        title={viewer.email === null ? "Give an address" : "Change the address"}
        about={
          viewer.emailVerified
            ? "We send a link to the new address, and word to the one of before, from where the change can be undone for three days."
            : "We send a link to it. With a confirmed address you can get back in when you forget how to log in."
        }
      >
        {sendsMail() ? (
          <OneFieldForm
            action={askForNewAddress}
            label="Change the address"
            field={{
              name: "email",
              label: "New e-mail address",
              type: "email",
              autoComplete: "email",
              required: true,
            }}
            button="Send the link"
            busy="Sending…"
            initial={await draftOf(paths.emailSettings, viewer)}
          />
        ) : (
          <p className="text-muted">{mailRefusals.off}</p>
        )}
      </Section>
    </>
  );
});
