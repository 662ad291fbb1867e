import { describe, expect, it } from "vitest";
import { linkOf } from "./attention-links";
import type { Permission } from "@/lib/shared/permissions";
import type { Viewer } from "@/lib/shared/views";

const viewer = (permissions: readonly Permission[]) => ({ email: null, permissions }) as unknown as Viewer;
const time = { steps: [new Date("2026-11-14T00:00:00Z")], until: new Date("2026-11-21T09:30:00Z") };

describe("a number that wants attention", () => {
  it.each([
    ["mails", "/admin/system#mail"],
    ["unsealed", "/admin/audit"],
    ["locks", "/admin/audit?event=authn_login_fail&from=2026-11-14&to=2026-11-21"],
    ["denied", "/admin/audit?event=authz_fail&from=2026-11-14&to=2026-11-21"],
    ["sign-ups", "/admin/users?createdFrom=2026-11-14"],
    ["api-errors", "#api-errors"],
  ] as const)("of %s leads whoever may go there to %s", (kind, href) => {
    expect(linkOf(kind, time, viewer(["read:system", "read:audit", "read:users"]))).toBe(href);
  });

  it.each([
    ["mails", null],
    ["unsealed", null],
    ["denied", null],
    ["locks", "#locks"],
    ["sign-ups", "#sign-ups"],
  ] as const)("of %s leads whoever may not to %s", (kind, href) => {
    expect(linkOf(kind, time, viewer(["read:overview"]))).toBe(href);
  });
});
