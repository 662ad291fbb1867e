import type { Metadata } from "next";
import { Claims } from "@/components/profile/claims";
import { Fact, Facts } from "@/components/profile/facts";
import { Badge } from "@/components/ui/badge";
import { Code } from "@/components/ui/code";
import { PortraitHeading } from "@/components/ui/portrait-heading";
import { TextLink } from "@/components/ui/text-link";
import { wayOf } from "@/components/sessions/way-of";
import { Timestamp } from "@/components/ui/timestamp";
import { describeProfile } from "@/lib/domain/identity/describe-profile";
import { paths } from "@/lib/routes";
import { currentIdentity } from "@/lib/web/viewer";
import { gatedPage } from "../page-builders";

export const metadata: Metadata = { title: "Profile" };

const claimsId = "claims";

export default gatedPage(paths.profile, async (viewer) => {
  const profile = describeProfile(viewer, await currentIdentity());
  const way = wayOf(viewer.method, viewer.provider?.name ?? null);
  return (
    <>
      <PortraitHeading
        person={viewer}
        badges={viewer.roles.map((role) => (
          <Badge key={role} tone="accent">
            {role}
          </Badge>
        ))}
      />

      <h2 className="sr-only">About you</h2>
      <div className="border-y border-line">
        <Facts>
          <Fact label="Name">{viewer.name ?? <NotGiven />}</Fact>
          <Fact label="Nickname">{profile.nickname ?? <NotGiven />}</Fact>
          {viewer.username ? <Fact label="User name">{viewer.username}</Fact> : null}
          <Fact label="E-mail">
            <EmailAddress
              address={viewer.email ?? profile.claimedEmail}
              verified={viewer.email !== null && viewer.emailVerified}
            />
          </Fact>
          <Fact label="Permissions">
            <span className="flex flex-wrap gap-x-4 gap-y-1">
              {viewer.permissions.map((permission) => (
                <Code key={permission}>{permission}</Code>
              ))}
            </span>
          </Fact>
          <Fact label="Signed in">
            With {way}, on <Timestamp at={viewer.authenticatedAt} />
          </Fact>
          <Fact label="Session ends">
            On <Timestamp at={viewer.expiresAt} /> at the latest.{" "}
            <TextLink href={paths.sessions}>See all sessions</TextLink>
          </Fact>
          <Fact label="API access">
            <TextLink href={paths.apiAccess}>See what this site may ask for in your name</TextLink>
          </Fact>
          <Fact label="Member since">
            <Timestamp at={viewer.memberSince} />
          </Fact>
        </Facts>
      </div>

      <section className="mt-12">
        <h2 id={claimsId} className="text-lg font-semibold">
          Identity claims
        </h2>
        <p className="mt-1 mb-4 max-w-[72ch] text-sm text-muted">
          Everything that was said about you at your last sign-in, as we hold it. Tokens are not part of it.
        </p>
        <Claims claims={profile.claims} labelledBy={claimsId} />
      </section>
    </>
  );
});

function EmailAddress({ address, verified }: { address: string | null; verified: boolean }) {
  if (address === null) return <NotGiven />;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {address}
      <Badge tone={verified ? "success" : "warning"}>{verified ? "Verified" : "Not verified"}</Badge>
    </span>
  );
}

function NotGiven() {
  return <span className="text-muted">Not given</span>;
}
