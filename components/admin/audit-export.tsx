import { postPaths } from "@/lib/routes";
import { auditFilterNames } from "@/lib/shared/audit";
import { Button } from "../ui/button";

/** Downloads the rows that are shown and all that follow; the browser shows how far it is. */
export function AuditExport({ values }: { values: Readonly<Record<string, string>> }) {
  return (
    <form
      method="post"
      action={postPaths.exportAudit}
      aria-label="Download"
      className="flex flex-wrap items-center gap-2"
    >
      {auditFilterNames.map((name) =>
        values[name] === undefined ? null : (
          <input key={name} type="hidden" name={name} value={values[name]} />
        ),
      )}
      <span className="text-sm text-muted">Download all of these:</span>
      <Button size="small" name="format" value="csv">
        CSV
      </Button>
      <Button size="small" name="format" value="jsonl">
        JSON lines
      </Button>
    </form>
  );
}
