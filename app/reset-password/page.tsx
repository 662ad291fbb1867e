import type { Metadata } from "next";
import { CredentialCard } from "@/components/credentials/credential-card";
import { ResetPasswordForm } from "@/components/credentials/reset-password-form";
import { TextLink } from "@/components/ui/text-link";
import { previewReset } from "@/lib/domain/identity/reset-password";
import { linkTokenParameter, paths } from "@/lib/routes";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { requestContext } from "@/lib/web/context";
import { pageOutcome } from "@/lib/web/page";
import { Failed, openPage } from "../page-builders";
import { changeForgottenPassword } from "./actions";

export const metadata: Metadata = { title: "Choose a new password" };

/** Opening the link uses nothing up; the form does. */
export default openPage(paths.resetPassword, async ({ searchParams }) => {
  const token = linkTokenFrom((await searchParams)[linkTokenParameter]);
  const person = token === null ? null : await previewReset(await requestContext(), { token });
  if (person === null || token === null)
    return <Failed {...await pageOutcome("link_spent", paths.forgotPassword)} />;
  const username = person.username ?? person.email;
  return (
    <CredentialCard
      title="Choose a new password"
      status={
        <p className="text-center wrap-anywhere text-muted">
          For <span className="font-medium text-ink">{username}</span>. Every session of the account ends.
        </p>
      }
      providers={[]}
      footer={<TextLink href={paths.login}>Back to the login</TextLink>}
    >
      <ResetPasswordForm action={changeForgottenPassword} token={token} username={username} />
    </CredentialCard>
  );
});
