import type { Metadata } from "next";
import { CodeForm } from "@/components/credentials/code-form";
import { CredentialCard } from "@/components/credentials/credential-card";
import { TextLink } from "@/components/ui/text-link";
import { emailLoginPath, paths, returnToParameter } from "@/lib/routes";
import { readCodeCookie } from "@/lib/web/code-cookie";
import { redirect } from "@/lib/web/redirect";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { currentViewer } from "@/lib/web/viewer";
import { openPage } from "../../page-builders";
import { logInByCode } from "./actions";

export const metadata: Metadata = { title: "Type the code" };

export default openPage(paths.emailLoginCode, async ({ searchParams }) => {
  const [state, query, bound] = await Promise.all([currentViewer(), searchParams, readCodeCookie()]);
  const returnTo = safeReturnPath(query[returnToParameter]);
  if (state.status === "signed-in") redirect(returnTo ?? paths.profile);
  if (bound === null) redirect(emailLoginPath("emailLogin", returnTo));
  return (
    <CredentialCard
      title="Check your mail"
      status={
        <p className="text-center text-muted">
          If an account has the address, a mail with six digits is on its way. It works for ten minutes.
        </p>
      }
      providers={[]}
      footer={<TextLink href={emailLoginPath("emailLogin", returnTo)}>Send a new code</TextLink>}
    >
      <CodeForm action={logInByCode} returnTo={returnTo} />
    </CredentialCard>
  );
});
