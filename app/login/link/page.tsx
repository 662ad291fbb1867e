import type { Metadata } from "next";
import { CredentialCard } from "@/components/credentials/credential-card";
import { TextLink } from "@/components/ui/text-link";
import { TokenForm } from "@/components/verification/token-form";
import { previewEmailSignIn } from "@/lib/domain/identity/check-email-proof";
import { linkTokenParameter, paths } from "@/lib/routes";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { requestContext } from "@/lib/web/context";
import { pageOutcome } from "@/lib/web/page";
import { Failed, openPage } from "../../page-builders";
import { logInByLink } from "./actions";

export const metadata: Metadata = { title: "Log in" };

/** Opening the link signs nobody in: mail programs open links too, and who sent it may be somebody else. */
export default openPage(paths.emailLoginLink, async ({ searchParams }) => {
  const token = linkTokenFrom((await searchParams)[linkTokenParameter]);
  const person = token === null ? null : await previewEmailSignIn(await requestContext(), { token });
  if (person === null || token === null)
    return <Failed {...await pageOutcome("link_spent", paths.emailLogin)} />;
  return (
    <CredentialCard
      title="Log in"
      providers={[]}
      footer={<TextLink href={paths.login}>Log in another way</TextLink>}
    >
      <div className="space-y-5 wrap-anywhere">
        <p>
          You will be logged in as <strong className="font-semibold">{person.username}</strong> in this
          browser. Go on if you asked for the mail.
        </p>
        <TokenForm action={logInByLink} token={token}>
          Log in as {person.username}
        </TokenForm>
      </div>
    </CredentialCard>
  );
});
