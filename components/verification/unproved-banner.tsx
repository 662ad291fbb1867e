import { paths } from "@/lib/routes";
import { Button } from "../ui/button";
import { TextLink } from "../ui/text-link";

/** Stands on every page of somebody who has not confirmed their address yet. */
export function UnprovedBanner({ email, resend }: { email: string; resend: () => Promise<void> }) {
  return (
    <aside aria-label="Your e-mail address" className="border-b border-line bg-warning-soft">
      <div className="column flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2.5 text-sm">
        <p className="min-w-0 wrap-anywhere">
          Confirm your e-mail address: we sent a link to <span className="font-medium">{email}</span>.{" "}
          <TextLink href={paths.confirmEmail}>Nothing there?</TextLink>
        </p>
        <form action={resend}>
          <Button size="small">Send again</Button>
        </form>
      </div>
    </aside>
  );
}
