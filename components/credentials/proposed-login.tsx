import { loginPath, paths } from "@/lib/routes";
import type { StartParameters } from "@/lib/shared/start-parameters";
import type { ProviderView, Viewer } from "@/lib/shared/views";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { TextLink } from "../ui/text-link";
import { StartOidcForm } from "./start-oidc-form";

interface ProposedLoginProps {
  provider: ProviderView;
  returnTo: string | null;
  parameters: StartParameters;
  viewer: Viewer | null;
}

/** Asks before a login that another site proposed. Nothing that the other site says is shown. */
export function ProposedLogin({ provider, returnTo, parameters, viewer }: ProposedLoginProps) {
  const start = (
    <StartOidcForm
      provider={provider}
      intent="sign-in"
      returnTo={returnTo}
      parameters={parameters}
      label={`Continue with ${provider.name}`}
      variant={viewer ? "secondary" : "primary"}
      wide
    />
  );
  return (
    <div className="mx-auto w-full max-w-md">
      <h1 className="mb-6 text-center text-2xl font-semibold tracking-tight">
        {viewer ? "You are logged in already" : `Log in with ${provider.name}?`}
      </h1>
      <Card>
        {viewer ? (
          <>
            <p className="mb-6 text-muted">
              Another site sent you here to log in with {provider.name}. You are logged in as{" "}
              <span className="font-medium wrap-anywhere text-ink">{viewer.email ?? viewer.displayName}</span>
              .
            </p>
            <div className="space-y-3">
              <ButtonLink href={returnTo ?? paths.profile} variant="primary" wide>
                Stay logged in
              </ButtonLink>
              {start}
            </div>
            <p className="mt-4 text-sm text-muted">Continuing ends this session and begins a new one.</p>
          </>
        ) : (
          <>
            <p className="mb-6 text-muted">
              Another site sent you here to log in. Go on if that is what you wanted; else close this page,
              and nothing happens.
            </p>
            {start}
          </>
        )}
      </Card>
      {viewer ? null : (
        <p className="mt-6 text-center text-sm text-muted">
          <TextLink href={loginPath(returnTo ?? undefined)}>Log in another way</TextLink>
        </p>
      )}
    </div>
  );
}
