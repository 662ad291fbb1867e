import type { Metadata } from "next";
import { BulkForm } from "@/components/admin/bulk-form";
import { BulkJobList } from "@/components/admin/bulk-job-list";
import { BulkPreviewView } from "@/components/admin/bulk-preview";
import { bulkKindWords, bulkTitle, peopleWords } from "@/components/admin/bulk-words";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyList } from "@/components/ui/empty-list";
import { HiddenFields } from "@/components/ui/hidden-fields";
import { Notice } from "@/components/ui/notice";
import { PageHeading } from "@/components/ui/page-heading";
import { Select } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";
import { listRoleNames } from "@/lib/domain/administration/list-role-names";
import { listJobs } from "@/lib/domain/bulk/list-jobs";
import { previewBulk } from "@/lib/domain/bulk/preview-bulk";
import { bulkTargetFields, bulkTargetSchema } from "@/lib/domain/bulk/target-fields";
import { paths } from "@/lib/routes";
import { bulkPath } from "@/lib/routes-admin";
import { maxBulkPeople, type BulkJobSummary } from "@/lib/shared/bulk";
import { personContext } from "@/lib/web/context";
import { draftOf } from "@/lib/web/form-draft";
import { pageOutcome } from "@/lib/web/page";
import { Failed, gatedPage } from "../../../page-builders";
import { adminUsersPath, readPeopleQuery } from "../read-query";
import { orderBulkChange } from "./actions";

export const metadata: Metadata = { title: "Many people at once" };

export default gatedPage(paths.adminBulk, async (viewer, { searchParams }) => {
  const values = valuesOf(await searchParams);
  if (Object.keys(values).length === 0) return <Earlier jobs={await listJobs(await personContext(viewer))} />;
  const parsed = bulkTargetSchema.safeParse(values);
  if (!parsed.success) return <Failed {...await pageOutcome("invalid_request", paths.adminUsers)} />;
  const target = parsed.data;
  const back = adminUsersPath(readPeopleQuery(values).values);
  const words = bulkKindWords[target.kind];
  const ctx = await personContext(viewer);
  const ofRole = target.kind === "grant-role" || target.kind === "revoke-role";
  const heading = (
    <>
      <p className="mb-4 text-sm">
        <TextLink href={back}>Users</TextLink>
      </p>
      <PageHeading title={bulkTitle(target.kind, target.changedRole)}>Nothing has happened yet.</PageHeading>
    </>
  );
  if (target.scope === "selected" && target.ids.length === 0)
    return (
      <>
        {heading}
        <Notice tone="warning">Nobody is ticked. Tick the boxes of those it is about.</Notice>
        <ButtonLink href={back} className="mt-4">
          Back to the list
        </ButtonLink>
      </>
    );
  if (ofRole && target.changedRole === undefined)
    return (
      <>
        {heading}
        <form method="get" action={paths.adminBulk} className="flex max-w-md items-end gap-3">
          <HiddenFields values={values} />
          <div className="flex-1">
            <Select
              name="changedRole"
              label="Role"
              options={(await listRoleNames(ctx)).map((role) => ({ value: role, label: role }))}
            />
          </div>
          <Button variant="primary">Show</Button>
        </form>
      </>
    );
  const preview = await previewBulk(ctx, target);
  const { ready, skipped, tooMany } = preview;
  const expected = String(ready.count + skipped.reduce((sum, { count }) => sum + count, 0));
  return (
    <>
      {heading}
      {tooMany ? (
        <Notice tone="warning">
          These are more than {maxBulkPeople.toLocaleString("en")} people, which are too many for one time.
          Narrow the list down.
        </Notice>
      ) : (
        <BulkPreviewView kind={target.kind} preview={preview} />
      )}
      {tooMany || ready.count === 0 ? (
        <ButtonLink href={back} className="mt-4">
          Back to the list
        </ButtonLink>
      ) : (
        <BulkForm
          action={orderBulkChange}
          initial={await draftOf(bulkPath(values), viewer)}
          hidden={{ ...values, expected }}
          asksWhy={target.kind === "suspend"}
          button={`${words.button} ${peopleWords(ready.count)}`}
        />
      )}
    </>
  );
});

function Earlier({ jobs }: { jobs: readonly BulkJobSummary[] }) {
  return (
    <>
      <p className="mb-4 text-sm">
        <TextLink href={paths.adminUsers}>Users</TextLink>
      </p>
      <PageHeading title="Changes to many people">
        The last ones, for 30 days after their end. The audit log has them for longer.
      </PageHeading>
      {jobs.length > 0 ? (
        <BulkJobList jobs={jobs} />
      ) : (
        <EmptyList
          title="Nothing was changed for many people at once yet."
          action={{ label: "Show everybody", href: paths.adminUsers }}
        >
          Tick people in the list, or search for them, and choose what to do below it.
        </EmptyList>
      )}
    </>
  );
}

/** The fields that say whom it is about, in one order; each ticked box is an `id` of its own. */
function valuesOf(params: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const ticked = [params["id"] ?? []].flat().join(",");
  const given: typeof params = { ...params, ids: ticked === "" ? params["ids"] : ticked };
  return Object.fromEntries(
    bulkTargetFields.flatMap((name) => {
      const value = given[name];
      return typeof value === "string" && value !== "" ? [[name, value]] : [];
    }),
  );
}
