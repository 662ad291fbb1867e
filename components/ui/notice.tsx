import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

const looks = {
  info: { icon: "info", box: "bg-accent-soft", mark: "text-accent" },
  success: { icon: "check", box: "bg-success-soft", mark: "text-success" },
  warning: { icon: "alert", box: "bg-warning-soft", mark: "text-warning" },
  danger: { icon: "alert", box: "bg-danger-soft", mark: "text-danger" },
  denied: { icon: "lock", box: "bg-sunken", mark: "text-muted" },
} as const satisfies Record<string, { icon: IconName; box: string; mark: string }>;

export type NoticeTone = keyof typeof looks;

/** A short message in the flow of the page. It is no live region by itself: wrap it in one when it appears later. */
export function Notice({ tone = "info", children }: { tone?: NoticeTone; children: ReactNode }) {
  const { icon, box, mark } = looks[tone];
  return (
    <div className={`flex gap-3 rounded-control px-4 py-3 text-sm leading-6 ${box}`}>
      <span className={`mt-0.5 ${mark}`}>
        <Icon name={icon} />
      </span>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
