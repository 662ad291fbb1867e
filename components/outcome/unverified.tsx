import { paths } from "@/lib/routes";
import type { Viewer } from "@/lib/shared/views";
import { ButtonLink } from "../ui/button";
import { OutcomeView } from "./outcome-view";

/** The 403 page of somebody whose e-mail address nobody has proved yet. */
export function Unverified({ viewer, reference }: { viewer: Viewer; reference: string }) {
  return (
    <OutcomeView
      status={403}
      title="Confirm your e-mail address first"
      reference={reference}
      actions={
        <ButtonLink href={paths.confirmEmail} variant="primary">
          Confirm the address
        </ButtonLink>
      }
    >
      <p>This page is for people whose address is confirmed, and yours, {viewer.email}, is not yet.</p>
      <p>Open the link that we sent you, or have it sent again. Then this page opens at once.</p>
    </OutcomeView>
  );
}
