import type { Metadata } from "next";
import { BulkBar, maySomeBulk } from "@/components/admin/bulk-bar";
import { PeopleFilters } from "@/components/admin/people-filters";
import { PeopleList } from "@/components/admin/people-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyList } from "@/components/ui/empty-list";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { listPeople } from "@/lib/domain/administration/list-people";
import { listRoleNames } from "@/lib/domain/administration/list-role-names";
import { listProviders } from "@/lib/domain/oidc/list-providers";
import { paths } from "@/lib/routes";
import type { PeopleTotal } from "@/lib/shared/people";
import { personContext } from "@/lib/web/context";
import { redirect } from "@/lib/web/redirect";
import { gatedPage } from "../../page-builders";
import { adminUsersPath, readPeopleQuery } from "./read-query";

export const metadata: Metadata = { title: "Users" };

export default gatedPage(paths.adminUsers, async (viewer, { searchParams }) => {
  const { query, values, errors, tidy } = readPeopleQuery(await searchParams);
  if (!tidy) redirect(adminUsersPath(values));
  const ctx = await personContext(viewer);
  const [{ people, total, sort, previous, next }, roles] = await Promise.all([
    listPeople(ctx, query),
    listRoleNames(ctx),
  ]);
  const kept = Object.fromEntries(
    Object.entries(values).filter(
      ([name]) => name !== "after" && name !== "before" && !Object.hasOwn(errors, name),
    ),
  );
  const bulk = maySomeBulk(viewer.permissions);
  return (
    <div data-wide>
      <div className="flex flex-wrap items-start justify-between gap-x-6">
        <PageHeading title="Users" />
        {viewer.permissions.includes("create:users") ? (
          <ButtonLink href={paths.adminInvite} className="max-sm:mb-6">
            Invite somebody
          </ButtonLink>
        ) : null}
      </div>
      <PeopleFilters values={values} errors={errors} roles={roles} providers={listProviders()} />
      <h2 id="people" className="mb-3 text-sm font-medium text-muted">
        {inWords(total)}
      </h2>
      {query.sort === undefined || query.sort === sort ? null : (
        <p className="mb-3 text-sm text-muted">
          These are too many to put them in the order of names, so the newest stand first. Search for more of
          the name.
        </p>
      )}
      {people.length > 0 ? (
        <div className="group/people">
          <PeopleList people={people} ticked={bulk} />
          {bulk ? <BulkBar values={kept} total={inWords(total)} own={viewer.permissions} /> : null}
        </div>
      ) : (
        <EmptyList title="Nobody matches." action={{ label: "Show everybody", href: paths.adminUsers }}>
          Search for a shorter part, or take a filter away.
        </EmptyList>
      )}
      {previous === null && next === null ? null : (
        <nav aria-label="Pages" className="mt-6 flex justify-between gap-3">
          {previous === null ? (
            <span />
          ) : (
            <ButtonLink href={adminUsersPath({ ...kept, before: previous })} rel="prev">
              Previous
            </ButtonLink>
          )}
          {next === null ? null : (
            <ButtonLink href={adminUsersPath({ ...kept, after: next })} rel="next">
              Next
            </ButtonLink>
          )}
        </nav>
      )}
      {bulk ? (
        <p className="mt-6 text-sm">
          <TextLink href={paths.adminBulk}>Earlier changes to many people</TextLink>
        </p>
      ) : null}
    </div>
  );
});

function inWords({ count, exact }: PeopleTotal): string {
  const number = count.toLocaleString("en");
  if (!exact) return `About ${number} people`;
  return count === 1 ? "1 person" : `${number} people`;
}
