import type { Metadata } from "next";
import {
  AddressConfirmed,
  CheckYourMail,
  ConfirmAddress,
  OtherAccount,
} from "@/components/verification/confirm-email";
import { previewConfirmation } from "@/lib/domain/identity/confirm-email";
import { sendsMail } from "@/lib/env";
import { linkTokenParameter, paths } from "@/lib/routes";
import { confirmEmailNotices } from "@/lib/routes-email";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { mustProveEmail } from "@/lib/shared/views";
import { personContext } from "@/lib/web/context";
import { pageOutcome } from "@/lib/web/page";
import { Failed, gatedPage } from "../page-builders";
import { confirmAddress, resendConfirmation } from "./actions";

export const metadata: Metadata = { title: "Confirm your e-mail address" };

/** Opening a link uses nothing up: mail programs open links too. The button does. */
export default gatedPage(paths.confirmEmail, async (viewer, { searchParams }) => {
  const query = await searchParams;
  const given = query[linkTokenParameter];
  if (given === undefined) {
    if (!mustProveEmail(viewer)) return <AddressConfirmed email={viewer.email} />;
    const notice = confirmEmailNotices.find((name) => name === query["notice"]);
    return (
      <CheckYourMail
        email={viewer.email ?? ""}
        notice={notice}
        resend={sendsMail() ? resendConfirmation : null}
      />
    );
  }
  const token = linkTokenFrom(given);
  const preview = token === null ? null : await previewConfirmation(await personContext(viewer), { token });
  if (preview?.ok === true && token !== null)
    return (
      <ConfirmAddress email={preview.value.email} token={token} viewer={viewer} confirm={confirmAddress} />
    );
  if (preview?.ok === false && preview.error === "other_account") return <OtherAccount viewer={viewer} />;
  return <Failed {...await pageOutcome("link_spent", paths.confirmEmail)} />;
});
