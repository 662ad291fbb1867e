import type { Metadata } from "next";
import { OtherAccount } from "@/components/verification/confirm-email";
import { ConfirmNewEmail } from "@/components/verification/confirm-new-email";
import { previewEmailChange } from "@/lib/domain/email-change/confirm-email-change";
import { linkTokenParameter, paths } from "@/lib/routes";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { personContext } from "@/lib/web/context";
import { pageOutcome } from "@/lib/web/page";
import { redirect } from "@/lib/web/redirect";
import { Failed, gatedPage } from "../../../page-builders";
import { confirmNewAddress } from "./actions";

export const metadata: Metadata = { title: "Confirm your new e-mail address" };

/** Opening the link uses nothing up: mail programs open links too. The button does. */
export default gatedPage(paths.confirmNewEmail, async (viewer, { searchParams }) => {
  const given = (await searchParams)[linkTokenParameter];
  if (given === undefined) redirect(paths.emailSettings);
  const token = linkTokenFrom(given);
  const preview = token === null ? null : await previewEmailChange(await personContext(viewer), { token });
  if (preview?.ok === true && token !== null)
    return (
      <ConfirmNewEmail
        email={preview.value.email}
        token={token}
        viewer={viewer}
        confirm={confirmNewAddress}
      />
    );
  if (preview?.ok === false && preview.error === "other_account") return <OtherAccount viewer={viewer} />;
  return <Failed {...await pageOutcome("link_spent", paths.emailSettings)} />;
});
