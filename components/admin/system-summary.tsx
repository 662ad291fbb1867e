import { worstOf, type CheckGroup, type CheckStatus } from "@/lib/shared/diagnosis";
import { Button } from "../ui/button";
import { Notice, type NoticeTone } from "../ui/notice";
import { Timestamp } from "../ui/timestamp";

const tones: Readonly<Record<CheckStatus, NoticeTone>> = {
  ok: "success",
  warning: "warning",
  failed: "danger",
};

interface SystemSummaryProps {
  groups: readonly CheckGroup[];
  at: Date;
  again: () => Promise<void>;
  /** It was asked for just now. */
  fresh: boolean;
}

/** How everything is in one sentence, since when, and the button to look again. */
export function SystemSummary({ groups, at, again, fresh }: SystemSummaryProps) {
  const statuses = groups.flatMap(({ findings }) => findings.map(({ status }) => status));
  return (
    <div className="mb-8 grid gap-4">
      <div role={fresh ? "status" : undefined}>
        <Notice tone={tones[worstOf(statuses)]}>
          <p className="font-medium">{sentence(statuses)}</p>
        </Notice>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-muted">
          Checked on <Timestamp at={at} />. Whoever looks within a minute sees the same.
        </p>
        <form action={again} className="max-sm:w-full">
          <Button size="small" className="max-sm:w-full">
            Check again
          </Button>
        </form>
      </div>
    </div>
  );
}

function sentence(statuses: readonly CheckStatus[]): string {
  const number = (wanted: CheckStatus) => statuses.filter((status) => status === wanted).length;
  const [failed, warnings] = [number("failed"), number("warning")];
  if (failed + warnings === 0) return `All ${String(statuses.length)} checks are well.`;
  const parts = [
    failed > 0 ? `${String(failed)} ${failed === 1 ? "check" : "checks"} failed` : null,
    warnings > 0 ? `${String(warnings)} ${warnings === 1 ? "warning" : "warnings"}` : null,
  ].filter((part) => part !== null);
  return `${parts.join(", ")}, ${String(number("ok"))} well.`;
}
