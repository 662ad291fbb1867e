import type { Viewer } from "@/lib/shared/views";
import { Step } from "./step";
import { TokenForm } from "./token-form";

/** What the link in a mail to a new address opens. */
export function ConfirmNewEmail(props: {
  email: string;
  token: string;
  viewer: Viewer;
  confirm: (form: FormData) => Promise<void>;
}) {
  const { email, token, viewer, confirm } = props;
  return (
    <Step title="Confirm your new e-mail address">
      <p>
        <strong className="font-semibold">{email}</strong> will be the address of your account{" "}
        <strong className="font-semibold">{viewer.username ?? viewer.displayName}</strong>
        {viewer.email === null ? null : <>, in the place of {viewer.email}</>}.
      </p>
      <p className="text-sm text-muted">
        {viewer.emailVerified
          ? "Your other sessions end. The address of before gets a mail with a link that undoes this within three days."
          : "Your other sessions end."}
      </p>
      <TokenForm action={confirm} token={token}>
        Use this address
      </TokenForm>
    </Step>
  );
}
