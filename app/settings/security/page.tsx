import type { Metadata } from "next";
import { ChangePasswordForm, SetPasswordForm } from "@/components/settings/password-forms";
import { Section } from "@/components/settings/section";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusNotice } from "@/components/ui/status-notice";
import { TextLink } from "@/components/ui/text-link";
import { listConfirmWays } from "@/lib/domain/identity/list-confirm-ways";
import { paths, securityNotices, type SecurityNotice } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { draftOf } from "@/lib/web/form-draft";
import { gatedPage } from "../../page-builders";
import { changeOwnPassword, setOwnPassword } from "./actions";

export const metadata: Metadata = { title: "Security" };

const notices: Readonly<Record<SecurityNotice, string>> = {
  "password-changed": "Your password is changed.",
  "password-set": "Your password is set. You can log in with it from now on.",
};

export default gatedPage(paths.security, async (viewer, { searchParams }) => {
  const { password } = await listConfirmWays(await personContext(viewer));
  const { notice: code } = await searchParams;
  const notice = securityNotices.find((name) => name === code);
  const login = viewer.username ?? (viewer.emailVerified ? viewer.email : null);
  return (
    <>
      <PageHeading title="Security">
        How you log in. <TextLink href={paths.activity}>See what happened to your account</TextLink>
      </PageHeading>
      <StatusNotice>{notice && notices[notice]}</StatusNotice>
      {password ? (
        <Section title="Password" about="We ask for the current one first.">
          <ChangePasswordForm action={changeOwnPassword} username={login ?? ""} />
        </Section>
      ) : (
        <Section
          title="Password"
          about="You have none: you log in with an identity provider. With a password you could log in without it."
        >
          <SetPasswordForm
            action={setOwnPassword}
            initial={await draftOf(paths.security, viewer)}
            username={login}
          />
        </Section>
      )}
    </>
  );
});
