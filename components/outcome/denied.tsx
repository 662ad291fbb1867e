import { paths } from "@/lib/routes";
import type { Viewer } from "@/lib/shared/views";
import { ButtonLink } from "../ui/button";
import { Code } from "../ui/code";
import { OutcomeView } from "./outcome-view";

interface DeniedProps {
  /** The permission that is missing; null when the page cannot say which. */
  permission: string | null;
  viewer: Viewer | null;
}

/** The 403 page: names the missing permission and says who grants it. */
export function Denied({ permission, viewer }: DeniedProps) {
  return (
    <OutcomeView
      status={403}
      title="You may not open this page"
      actions={
        <ButtonLink href={paths.profile} variant="primary">
          See what you may do
        </ButtonLink>
      }
    >
      {permission ? (
        <p>
          It needs the permission <Code>{permission}</Code>, and your account does not have it.
        </p>
      ) : (
        <p>It needs a permission that your account does not have.</p>
      )}
      <p>
        An administrator of this site can grant it. It counts from your next click, without signing in again.
      </p>
      {viewer ? <p>You are signed in as {viewer.email ?? viewer.displayName}.</p> : null}
    </OutcomeView>
  );
}
