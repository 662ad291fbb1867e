import type { Metadata } from "next";
import { DeleteAccountForm } from "@/components/settings/delete-account-form";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { PageHeading } from "@/components/ui/page-heading";
import { graceDays } from "@/lib/domain/account/deletion-policy";
import { paths, postPaths } from "@/lib/routes";
import { draftOf } from "@/lib/web/form-draft";
import { gatedPage } from "../../page-builders";
import { deleteAccount } from "./actions";

export const metadata: Metadata = { title: "Account" };

export default gatedPage(paths.account, async (viewer) => (
  <>
    <PageHeading title="Account">Take your data with you, or leave.</PageHeading>
    <Section
      title="Your data"
      about="Everything that we keep about you, as one JSON file: profile, identities and their claims, sessions, activity. Passwords and tokens are not part of it. We ask who you are first if your last proof is older than a few minutes."
    >
      <form method="post" action={postPaths.downloadData}>
        <Button>Download my data</Button>
      </form>
    </Section>
    <Section
      title="Delete the account"
      about={`You are logged out everywhere at once. For ${String(graceDays)} days you can come back by logging in. Then everything is deleted, and nobody can bring it back; the security log keeps what happened under a number that says nothing about you.`}
    >
      <DeleteAccountForm action={deleteAccount} initial={await draftOf(paths.account, viewer)} />
    </Section>
  </>
));
