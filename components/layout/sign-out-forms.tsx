import { postPaths } from "@/lib/routes";
import { Icon } from "../ui/icon";

/**
 * Logs out by POST. Somebody who came from an identity provider is signed out there too, unless they ask for this site
 * alone; for a local account the two are the same, so the second is left out (`providerName` is null).
 */
export function SignOutForms({ providerName }: { providerName: string | null }) {
  return (
    <>
      <form method="post" action={postPaths.signOut}>
        <input type="hidden" name="scope" value="everywhere" />
        <button
          type="submit"
          className="flex min-h-11 w-full items-center gap-3 rounded-control px-2 text-start text-sm font-medium hover:bg-sunken"
        >
          <Icon name="log-out" className="size-5 text-muted" />
          Log out
        </button>
      </form>
      {providerName ? (
        <form method="post" action={postPaths.signOut}>
          <input type="hidden" name="scope" value="here" />
          <button
            type="submit"
            aria-describedby="log-out-here-hint"
            className="flex min-h-11 w-full items-center rounded-control px-2 ps-10 text-start text-sm text-muted hover:bg-sunken hover:text-ink"
          >
            Log out here only
          </button>
          <p id="log-out-here-hint" className="px-2 ps-10 pb-2 text-xs text-muted">
            You stay signed in at {providerName}.
          </p>
        </form>
      ) : null}
    </>
  );
}
