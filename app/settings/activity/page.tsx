import type { Metadata } from "next";
import { ActivityItem } from "@/components/settings/activity-item";
import { ButtonLink } from "@/components/ui/button";
import { ItemList } from "@/components/ui/item-list";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { listActivity } from "@/lib/domain/audit/list-activity";
import { activityPath, paths } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { gatedPage } from "../../page-builders";

export const metadata: Metadata = { title: "Activity" };

export default gatedPage(paths.activity, async (viewer, { searchParams }) => {
  const before = cursorOf((await searchParams)["before"]);
  const { items, older } = await listActivity(await personContext(viewer), { before });
  return (
    <>
      <PageHeading title="Activity">
        What happened to your account, the newest first. If you do not recognise something,{" "}
        <TextLink href={paths.sessions}>end the sessions</TextLink> that are not yours.
      </PageHeading>
      <h2 id="events" className="sr-only">
        Events
      </h2>
      {items.length > 0 ? (
        <ItemList labelledBy="events">
          {items.map((item) => (
            <ActivityItem key={item.id} item={item} />
          ))}
        </ItemList>
      ) : (
        <p className="text-muted">Nothing older.</p>
      )}
      <div className="mt-6 flex flex-wrap gap-3">
        {before === null ? null : <ButtonLink href={paths.activity}>Newest</ButtonLink>}
        {older === null ? null : <ButtonLink href={activityPath(older)}>Older</ButtonLink>}
      </div>
    </>
  );
});

/** The id of a row, as a page before this one linked it; null for anything else. */
function cursorOf(value: unknown): bigint | null {
  return typeof value === "string" && /^\d{1,18}$/.test(value) ? BigInt(value) : null;
}
