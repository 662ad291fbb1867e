import type { ReactNode } from "react";
import { Notice, type NoticeTone } from "./notice";

/** What came of the last action, read out by itself; nothing and no room when there is nothing to say. */
export function StatusNotice({
  tone = "success",
  children,
}: {
  tone?: NoticeTone | undefined;
  children: ReactNode;
}) {
  return (
    <div role="status" className="not-empty:mb-6">
      {children ? <Notice tone={tone}>{children}</Notice> : null}
    </div>
  );
}
