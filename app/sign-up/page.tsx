import type { Metadata } from "next";
import { CredentialCard } from "@/components/credentials/credential-card";
import { SignUpForm } from "@/components/credentials/sign-up-form";
import { StartOidcForm } from "@/components/credentials/start-oidc-form";
import { UnavailableNotice } from "@/components/credentials/unavailable-notice";
import { TextLink } from "@/components/ui/text-link";
import { listProviders } from "@/lib/domain/oidc/list-providers";
import { sendsMail } from "@/lib/env";
import { loginPath, paths, returnToParameter } from "@/lib/routes";
import { redirect } from "@/lib/web/redirect";
import { currentViewer } from "@/lib/web/viewer";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { signUp } from "./actions";
import { openPage } from "../page-builders";

export const metadata: Metadata = { title: "Sign up" };

export default openPage(paths.signUp, async ({ searchParams }) => {
  const [state, query] = await Promise.all([currentViewer(), searchParams]);
  const returnTo = safeReturnPath(query[returnToParameter]);
  if (state.status === "signed-in") redirect(returnTo ?? paths.profile);

  const providers = listProviders().filter(({ offersSignUp }) => offersSignUp);
  return (
    <CredentialCard
      title="Sign up"
      status={state.status === "unavailable" ? <UnavailableNotice /> : null}
      providers={providers.map((provider) => (
        <StartOidcForm
          key={provider.id}
          provider={provider}
          intent="sign-up"
          returnTo={returnTo}
          label={`Sign up with ${provider.name}`}
          wide
        />
      ))}
      footer={
        <>
          Have an account? <TextLink href={loginPath(returnTo ?? undefined)}>Log in</TextLink>
        </>
      }
    >
      <SignUpForm action={signUp} returnTo={returnTo} sendsMail={sendsMail()} />
    </CredentialCard>
  );
});
