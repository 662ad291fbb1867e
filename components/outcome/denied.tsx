import { paths } from "@/lib/routes";
import type { Viewer } from "@/lib/shared/views";
import { ButtonLink } from "../ui/button";
import { Code } from "../ui/code";
import { OutcomeView } from "./outcome-view";

interface DeniedProps {
  /** The permission that is missing. */
  permission: string;
  viewer: Viewer;
  reference: string;
}

/** The 403 page: names the missing permission and says who grants it. */
export function Denied({ permission, viewer, reference }: DeniedProps) {
  return (
    <OutcomeView
      status={403}
      title="You may not open this page"
      reference={reference}
      actions={
        <ButtonLink href={paths.profile} variant="primary">
          See what you may do
        </ButtonLink>
      }
    >
      <p>
        It needs the permission <Code>{permission}</Code>, and your account does not have it.
      </p>
      <p>
        An administrator of this site can grant it. It counts from your next click, without signing in again.
      </p>
      <p>You are signed in as {viewer.email ?? viewer.displayName}.</p>
    </OutcomeView>
  );
}
