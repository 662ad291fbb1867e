import { auditPath, systemGroupPath } from "@/lib/routes-admin";
import { paths } from "@/lib/routes";
import type { AttentionKind, Overview } from "@/lib/shared/overview";
import type { Viewer } from "@/lib/shared/views";
import { mayOpen } from "../../layout/navigation";

/** Where the number comes from, if this viewer may look; else the chart. */
export function linkOf(
  kind: AttentionKind,
  { steps, until }: Pick<Overview, "steps" | "until">,
  viewer: Viewer,
): string | null {
  const [from, to] = [dayOf(steps[0] ?? until), dayOf(until)];
  const events = {
    locks: "authn_login_fail",
    "failed-sign-ins": "authn_login_fail",
    denied: "authz_fail",
  } as const;
  switch (kind) {
    case "locks":
    case "failed-sign-ins":
    case "denied":
      if (mayOpen(viewer, paths.adminAudit)) return auditPath({ event: events[kind], from, to });
      return kind === "denied" ? null : `#${kind}`;
    case "unsealed":
      return mayOpen(viewer, paths.adminAudit) ? paths.adminAudit : null;
    case "sign-ups":
      return mayOpen(viewer, paths.adminUsers)
        ? `${paths.adminUsers}?${new URLSearchParams({ createdFrom: from })}`
        : `#${kind}`;
    case "token-refreshes":
    case "api-errors":
      return `#${kind}`;
    case "mails":
      return mayOpen(viewer, paths.adminSystem) ? systemGroupPath("mail") : null;
  }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
