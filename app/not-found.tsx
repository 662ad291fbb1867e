import type { Metadata } from "next";
import { OutcomeView } from "@/components/outcome/outcome-view";
import { ButtonLink } from "@/components/ui/button";
import { paths } from "@/lib/routes";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <OutcomeView
      status={404}
      title="Page not found"
      actions={
        <ButtonLink href={paths.home} variant="primary">
          Go to the home page
        </ButtonLink>
      }
    >
      <p>
        There is nothing at this address. If you typed it, check it; if you followed a link, it is out of
        date.
      </p>
    </OutcomeView>
  );
}
