import type { Metadata } from "next";
import { InviteForm } from "@/components/admin/invite-form";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { paths } from "@/lib/routes";
import { draftOf } from "@/lib/web/form-draft";
import { gatedPage } from "../../../page-builders";
import { inviteUser } from "./actions";

export const metadata: Metadata = { title: "Invite somebody" };

export default gatedPage(paths.adminInvite, async (viewer) => (
  <>
    <p className="mb-4 text-sm">
      <TextLink href={paths.adminUsers}>Users</TextLink>
    </p>
    <PageHeading title="Invite somebody">
      They get a mail with a link that works for 72 hours, choose a password, and have proved their address by
      it. Nobody else ever knows the password.
    </PageHeading>
    <div className="max-w-md">
      <InviteForm action={inviteUser} initial={await draftOf(paths.adminInvite, viewer)} />
    </div>
  </>
));
