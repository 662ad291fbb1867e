import type { Metadata } from "next";
import { OutcomeView } from "@/components/outcome/outcome-view";
import { ButtonLink } from "@/components/ui/button";
import { paths } from "@/lib/routes";

export const metadata: Metadata = { title: "Log in to go on" };

export default function Unauthorized() {
  return (
    <OutcomeView
      status={401}
      title="Log in to see this page"
      actions={
        <ButtonLink href={paths.login} variant="primary">
          Log in
        </ButtonLink>
      }
    >
      <p>You are not logged in, or your session has ended.</p>
    </OutcomeView>
  );
}
