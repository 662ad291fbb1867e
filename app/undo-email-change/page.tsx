import type { Metadata } from "next";
import { CredentialCard } from "@/components/credentials/credential-card";
import { TextLink } from "@/components/ui/text-link";
import { TokenForm } from "@/components/verification/token-form";
import { previewEmailUndo } from "@/lib/domain/email-change/undo-email-change";
import { linkTokenParameter, paths } from "@/lib/routes";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { requestContext } from "@/lib/web/context";
import { pageOutcome } from "@/lib/web/page";
import { Failed, openPage } from "../page-builders";
import { undoChangeOfAddress } from "./actions";

export const metadata: Metadata = { title: "Undo the change of your e-mail address" };

/** Opening the link changes nothing: mail programs open links too. The button does. */
export default openPage(paths.undoEmailChange, async ({ searchParams }) => {
  const token = linkTokenFrom((await searchParams)[linkTokenParameter]);
  const preview = token === null ? null : await previewEmailUndo(await requestContext(), { token });
  if (token === null || preview?.ok !== true) {
    const code = preview?.ok === false ? preview.error : "undo_spent";
    return <Failed {...await pageOutcome(code, paths.login)} />;
  }
  const { username, email } = preview.value;
  return (
    <CredentialCard
      title="Was it not you?"
      providers={[]}
      footer={<TextLink href={paths.home}>It was me: leave it as it is</TextLink>}
    >
      <div className="space-y-4 wrap-anywhere">
        <p>
          {username === null ? (
            "Your account"
          ) : (
            <>
              The account <strong className="font-semibold">{username}</strong>
            </>
          )}{" "}
          was given another e-mail address. You can give it back to{" "}
          <strong className="font-semibold">{email}</strong>.
        </p>
        <p className="text-sm text-muted">
          Every session ends, the password stops working, and identities that were connected since are taken
          off. A mail to this address says how you get in again.
        </p>
        <TokenForm action={undoChangeOfAddress} token={token}>
          Undo the change
        </TokenForm>
      </div>
    </CredentialCard>
  );
});
