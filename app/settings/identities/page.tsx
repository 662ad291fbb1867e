import type { Metadata } from "next";
import { StartOidcForm } from "@/components/credentials/start-oidc-form";
import { IdentityItem } from "@/components/identities/identity-item";
import { ItemList } from "@/components/ui/item-list";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusNotice } from "@/components/ui/status-notice";
import { listIdentities } from "@/lib/domain/linking/list-identities";
import { listProviders } from "@/lib/domain/oidc/list-providers";
import { identityNotices, paths, type IdentityNotice } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { gatedPage } from "../../page-builders";
import { disconnectIdentity } from "./actions";

export const metadata: Metadata = { title: "Connected identities" };

const notices: Readonly<Record<IdentityNotice, string>> = {
  connected: "The identity is connected. You can log in with it from now on.",
  "connected-already": "That identity is connected to your account already.",
  disconnected: "The identity is disconnected. Its sessions have ended.",
  "not-connected": "Nothing was connected.",
};

export default gatedPage(paths.identities, async (viewer, { searchParams }) => {
  const identities = await listIdentities(await personContext(viewer));
  const providers = listProviders();
  const { notice: code } = await searchParams;
  const notice = identityNotices.find((name) => name === code);
  return (
    <>
      <PageHeading title="Connected identities">
        Accounts at identity providers that log you in here. An identity belongs to one person, and only you
        can connect it.
      </PageHeading>
      <StatusNotice tone={notice === "not-connected" ? "info" : "success"}>
        {notice && notices[notice]}
      </StatusNotice>
      <h2 id="connected" className="sr-only">
        Connected
      </h2>
      {identities.length > 0 ? (
        <ItemList labelledBy="connected">
          {identities.map((identity) => (
            <IdentityItem key={identity.id} identity={identity} disconnect={disconnectIdentity} />
          ))}
        </ItemList>
      ) : (
        <p className="rounded-card border border-line bg-surface p-5 text-muted">
          None yet. You log in with your password.
        </p>
      )}
      {providers.length > 0 ? (
        <section aria-labelledby="connect" className="mt-10">
          <h2 id="connect" className="text-lg font-semibold tracking-tight">
            Connect another
          </h2>
          <p className="mt-2 mb-4 max-w-[72ch] text-muted">
            You log in at the provider, see what it says about you, and confirm. Nothing is connected before
            that.
          </p>
          <div className="flex flex-wrap gap-3">
            {providers.map((provider) => (
              <StartOidcForm
                key={provider.id}
                provider={provider}
                intent="link"
                returnTo={null}
                label={`Connect ${provider.name}`}
              />
            ))}
          </div>
        </section>
      ) : null}
    </>
  );
});
