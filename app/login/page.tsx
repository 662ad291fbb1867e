import type { Metadata } from "next";
import { CredentialCard } from "@/components/credentials/credential-card";
import { loginNotice } from "@/components/credentials/login-notices";
import { SignInForm } from "@/components/credentials/sign-in-form";
import { StartOidcForm } from "@/components/credentials/start-oidc-form";
import { UnavailableNotice } from "@/components/credentials/unavailable-notice";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { listProviders } from "@/lib/domain/oidc/list-providers";
import { sendsMail } from "@/lib/env";
import { emailLoginPath, paths, returnToParameter, signUpPath } from "@/lib/routes";
import { redirect } from "@/lib/web/redirect";
import { currentViewer } from "@/lib/web/viewer";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { signInWithPassword } from "./actions";
import { openPage } from "../page-builders";

export const metadata: Metadata = { title: "Log in" };

export default openPage(paths.login, async ({ searchParams }) => {
  const [state, query] = await Promise.all([currentViewer(), searchParams]);
  const returnTo = safeReturnPath(query[returnToParameter]);
  if (state.status === "signed-in") redirect(returnTo ?? paths.profile);

  const notice = loginNotice(query.notice, returnTo);
  const providers = listProviders();
  return (
    <CredentialCard
      title="Log in"
      status={
        <div role="status">
          {state.status === "unavailable" ? (
            <UnavailableNotice />
          ) : notice ? (
            <Notice tone={notice.tone}>{notice.text}</Notice>
          ) : null}
        </div>
      }
      providers={providers.map((provider) => (
        <StartOidcForm
          key={provider.id}
          provider={provider}
          intent="sign-in"
          returnTo={returnTo}
          // The provider has them logged in with what they want to connect, and would take them for that person again.
          parameters={returnTo === paths.connectIdentity ? { max_age: "0" } : undefined}
          label={`Continue with ${provider.name}`}
          wide
        />
      ))}
      footer={
        <>
          No account yet? <TextLink href={signUpPath(returnTo)}>Sign up</TextLink>
        </>
      }
    >
      <SignInForm action={signInWithPassword} returnTo={returnTo} />
      {sendsMail() ? (
        <p className="mt-5 flex flex-wrap justify-center gap-x-5 gap-y-1 text-sm">
          <TextLink href={emailLoginPath("emailLogin", returnTo)} className="py-1">
            Log in by e-mail
          </TextLink>
          <TextLink href={paths.forgotPassword} className="py-1">
            Forgot your password?
          </TextLink>
        </p>
      ) : null}
    </CredentialCard>
  );
});
