import type { ReactNode } from "react";
import { paths, postPaths } from "@/lib/routes";
import { type ConfirmEmailNotice } from "@/lib/routes-email";
import type { Viewer } from "@/lib/shared/views";
import { Button, ButtonLink } from "../ui/button";
import { Notice } from "../ui/notice";
import { Step } from "./step";
import { TokenForm } from "./token-form";

/** What a link from a mail opens. */
export function ConfirmAddress(props: {
  email: string;
  token: string;
  viewer: Viewer;
  confirm: (form: FormData) => Promise<void>;
}) {
  const { email, token, viewer, confirm } = props;
  return (
    <Step title="Confirm your e-mail address">
      <p>
        <strong className="font-semibold">{email}</strong> will belong to your account{" "}
        <strong className="font-semibold">{viewer.username ?? viewer.displayName}</strong>.
      </p>
      <TokenForm action={confirm} token={token}>
        Confirm the address
      </TokenForm>
    </Step>
  );
}

/** A good link, opened by somebody else than it was made for. */
export function OtherAccount({ viewer }: { viewer: Viewer }) {
  return (
    <Step title="This link is for another account">
      <p>
        You are logged in as {viewer.username ?? viewer.displayName}, and the link was made for somebody else.
      </p>
      <p>
        If the other account is yours, log out, log in to it, and open the link once more. If you know nothing
        of it, do nothing: somebody gave your address by mistake or on purpose, and cannot confirm it without
        you.
      </p>
      <form method="post" action={postPaths.signOut}>
        <input type="hidden" name="scope" value="here" />
        <Button wide>Log out</Button>
      </form>
    </Step>
  );
}

const notices: Readonly<Record<Exclude<ConfirmEmailNotice, "confirmed">, ReactNode>> = {
  sent: <Notice tone="success">Sent. It may take a minute to arrive.</Notice>,
  wait: (
    <Notice tone="warning">
      Five mails went out within the last hour. Look for the newest, or try again later.
    </Notice>
  ),
};

/** While the link has not been opened. `resend` is null where no mail is sent. */
export function CheckYourMail(props: {
  email: string;
  notice: ConfirmEmailNotice | undefined;
  resend: (() => Promise<void>) | null;
}) {
  const { email, notice, resend } = props;
  if (resend === null)
    return (
      <Step title="Your address is not confirmed">
        <p>
          This site sends no mail, so {email} cannot be confirmed here. The people who run the site can help.
        </p>
      </Step>
    );
  const status = notice === undefined || notice === "confirmed" ? null : notices[notice];
  return (
    <Step title="Check your mail" status={status}>
      <p>
        We sent a link to <strong className="font-semibold">{email}</strong>. Open it, and the address is
        confirmed.
      </p>
      <p className="text-sm text-muted">
        The link works for 24 hours. Nothing there? Look among the unwanted mail, or have it sent again.
      </p>
      <form action={resend}>
        <Button wide>Send the link again</Button>
      </form>
    </Step>
  );
}

/** Nothing is left to do. */
export function AddressConfirmed({ email }: { email: string | null }) {
  return (
    <Step
      title="Confirm your e-mail address"
      status={
        <Notice tone="success">
          {email === null ? "Your account has no e-mail address to confirm." : `${email} is confirmed.`}
        </Notice>
      }
    >
      <ButtonLink href={paths.home} variant="primary" wide>
        Go to the home page
      </ButtonLink>
    </Step>
  );
}
