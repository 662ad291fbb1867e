import type { Metadata } from "next";
import { AuditExport } from "@/components/admin/audit-export";
import { AuditFilters } from "@/components/admin/audit-filters";
import { AuditList } from "@/components/admin/audit-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyList } from "@/components/ui/empty-list";
import { PageHeading } from "@/components/ui/page-heading";
import { listEvents } from "@/lib/domain/audit/list-events";
import { readAuditQuery } from "@/lib/domain/audit/schemas";
import { paths } from "@/lib/routes";
import { auditPath } from "@/lib/routes-admin";
import { personContext } from "@/lib/web/context";
import { gatedPage } from "../../page-builders";

export const metadata: Metadata = { title: "Audit log" };

export default gatedPage(paths.adminAudit, async (viewer, { searchParams }) => {
  const { query, values, errors } = readAuditQuery(await searchParams);
  const { rows, newer, older } = await listEvents(await personContext(viewer), query);
  const mayExport = viewer.permissions.includes("export:audit");
  return (
    <div data-wide>
      <PageHeading title="Audit log">
        What happened, newest first. Each row is chained to the one before it, so that a change to the log is
        found.
      </PageHeading>
      <AuditFilters values={values} errors={errors} />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="rows" className="text-lg font-semibold">
          Rows
        </h2>
        {mayExport ? <AuditExport values={query as Readonly<Record<string, string>>} /> : null}
      </div>
      {rows.length > 0 ? (
        <AuditList rows={rows} label="rows" />
      ) : (
        <EmptyList title="Nothing matches." action={{ label: "Show everything", href: paths.adminAudit }}>
          Take a filter away, or ask for a longer time.
        </EmptyList>
      )}
      {newer === null && older === null ? null : (
        <nav aria-label="Pages" className="mt-6 flex justify-between gap-3">
          {newer === null ? (
            <span />
          ) : (
            <ButtonLink href={auditPath({ ...values, before: undefined, after: newer })} rel="prev">
              Newer
            </ButtonLink>
          )}
          {older === null ? null : (
            <ButtonLink href={auditPath({ ...values, after: undefined, before: older })} rel="next">
              Older
            </ButtonLink>
          )}
        </nav>
      )}
    </div>
  );
});
