import { paths } from "@/lib/routes";
import { bulkKinds, bulkPermissions } from "@/lib/shared/bulk";
import type { Permission } from "@/lib/shared/permissions";
import { Button } from "../ui/button";
import { HiddenFields } from "../ui/hidden-fields";
import { Select } from "../ui/select";
import { bulkKindWords } from "./bulk-words";

/** The id of the form that the boxes of the list belong to. */
export const bulkFormId = "bulk";

interface BulkBarProps {
  /** The fields that narrow the list down. */
  values: Readonly<Record<string, string>>;
  total: string;
  own: readonly Permission[];
}

/**
 * Asks what to do with many people, by GET: the next page says what would happen, and nothing happens before. Within the group
 * `people` it stays in sight once somebody is ticked.
 */
export function BulkBar({ values, total, own }: BulkBarProps) {
  const kinds = bulkKinds.filter((kind) => own.includes(bulkPermissions[kind]));
  return (
    <form
      id={bulkFormId}
      method="get"
      action={paths.adminBulk}
      aria-label="Many people at once"
      className="mt-4 flex flex-wrap items-end gap-3 rounded-card border border-line bg-surface p-4 sm:group-has-[input:checked]/people:sticky sm:group-has-[input:checked]/people:bottom-0 sm:group-has-[input:checked]/people:shadow-menu"
    >
      <HiddenFields values={values} />
      <div className="w-full sm:w-52">
        <Select
          name="kind"
          label="What to do"
          options={kinds.map((kind) => ({ value: kind, label: bulkKindWords[kind].label }))}
        />
      </div>
      <Button name="scope" value="selected">
        Those ticked…
      </Button>
      <Button name="scope" value="all">
        All {total}…
      </Button>
    </form>
  );
}

/** Whether somebody with these permissions may do anything to many people. */
export function maySomeBulk(own: readonly Permission[]): boolean {
  return bulkKinds.some((kind) => own.includes(bulkPermissions[kind]));
}
