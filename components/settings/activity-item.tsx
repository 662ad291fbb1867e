import type { ActivityKind, ActivityView } from "@/lib/shared/activity";
import { Badge } from "../ui/badge";
import { Timestamp } from "../ui/timestamp";

const sentences: Readonly<Record<ActivityKind, string>> = {
  account_made: "The account was made",
  signed_in: "Signed in",
  sign_in_failed: "A sign-in failed",
  confirmed: "Confirmed who you are",
  confirmation_failed: "A confirmation at the identity provider did not count",
  signed_out: "Signed out",
  session_ended: "You ended a session",
  session_ended_by_provider: "The identity provider ended a session",
  sessions_ended_for_safety: "A session was ended for your safety",
  name_changed: "Your name was changed",
  picture_changed: "Your picture was changed",
  password_set: "A password was set",
  password_changed: "The password was changed",
  email_confirmed: "Your e-mail address was confirmed",
  email_change_asked: "You asked for another e-mail address",
  email_changed: "Your e-mail address was changed",
  email_change_undone: "A change of your e-mail address was undone",
  identity_connected: "You connected an identity",
  identity_disconnected: "You disconnected an identity",
  access_disconnected: "You disconnected the API access",
  access_ended: "The identity provider ended the API access",
  data_downloaded: "Your data was downloaded",
  deletion_asked: "You asked for the account to be deleted",
  deletion_undone: "You signed in again, so the account is kept",
  roles_changed: "Your roles were changed",
  other: "Something about your account was changed",
};

/** One thing that happened to the account. */
export function ActivityItem({ item: { at, kind, way, address, here } }: { item: ActivityView }) {
  const manner = way === null ? "" : ` with ${way.provider ?? "a password"}`;
  return (
    <li className="p-5">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {sentences[kind]}
        {manner}
        {here ? <Badge tone="success">This session</Badge> : null}
      </p>
      <p className="mt-1 text-sm text-muted">
        <Timestamp at={at} />
        {address ? `, from ${address}` : null}
      </p>
    </li>
  );
}
