import { clsx } from "clsx";
import { paths } from "@/lib/routes";
import { peopleSorts, personStatuses, type PeopleSort, type PersonStatus } from "@/lib/shared/people";
import type { ProviderView } from "@/lib/shared/views";
import { Button, ButtonLink } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Select } from "../ui/select";

/** What the fields hold, as it stood in the address. */
export type FilterValues = Readonly<Record<string, string>>;

interface PeopleFiltersProps {
  values: FilterValues;
  errors: Readonly<Record<string, string>>;
  roles: readonly string[];
  providers: readonly ProviderView[];
}

const statusLabels: Readonly<Record<PersonStatus, string>> = {
  active: "Active",
  suspended: "Suspended",
  deleting: "To be deleted",
};

const sortLabels: Readonly<Record<PeopleSort, string>> = {
  newest: "Newest first",
  oldest: "Oldest first",
  name: "Name, A to Z",
  "name-desc": "Name, Z to A",
  seen: "Last seen first",
  "seen-oldest": "Longest away first",
};

const any = { value: "", label: "Any" };

/** Asks for people by GET, so that the address says what is shown. */
export function PeopleFilters({ values, errors, roles, providers }: PeopleFiltersProps) {
  const chosen = filterNames.filter((name) => (values[name] ?? "") !== "").length;
  const wrong = filterNames.some((name) => errors[name] !== undefined);
  return (
    <form method="get" action={paths.adminUsers} role="search" aria-label="People" className="mb-6">
      <div className="flex gap-2">
        <div className="relative min-w-0 flex-1">
          <Icon
            name="search"
            className="pointer-events-none absolute inset-s-3 top-1/2 size-5 -translate-y-1/2 text-muted"
          />
          <input
            type="search"
            name="q"
            aria-label="Name, user name, e-mail or subject"
            placeholder="Name, user name, e-mail or subject"
            defaultValue={values["q"]}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={200}
            aria-invalid={errors["q"] ? true : undefined}
            aria-describedby={errors["q"] ? "q-error" : undefined}
            className="block min-h-11 w-full rounded-control border border-edge bg-surface ps-10 pe-3 text-base text-ellipsis"
          />
        </div>
        <Button variant="primary">Search</Button>
      </div>
      {errors["q"] ? (
        <p id="q-error" className="mt-1 text-sm font-medium text-danger">
          <span className="sr-only">Error: </span>
          {errors["q"]}
        </p>
      ) : null}
      <details open={wrong} className="group mt-3">
        <summary
          className={clsx(
            "inline-flex min-h-9 list-none items-center gap-2 rounded-control px-2 text-sm font-medium max-sm:min-h-11",
            "text-muted hover:bg-sunken hover:text-ink [&::-webkit-details-marker]:hidden",
          )}
        >
          <Icon
            name="chevron-right"
            className="size-4 transition-transform duration-100 group-open:rotate-90"
          />
          Filters and order{chosen > 0 ? ` (${String(chosen)} set)` : null}
        </summary>
        <div className="mt-2 grid gap-4 rounded-card border border-line bg-surface p-4 sm:grid-cols-2 lg:grid-cols-4">
          <Select
            name="role"
            label="Role"
            defaultValue={values["role"]}
            options={[any, ...roles.map(plain)]}
          />
          <Select
            name="status"
            label="Status"
            defaultValue={values["status"]}
            options={[any, ...personStatuses.map((value) => ({ value, label: statusLabels[value] }))]}
          />
          <Select
            name="verified"
            label="E-mail address"
            defaultValue={values["verified"]}
            options={[any, { value: "yes", label: "Confirmed" }, { value: "no", label: "Not confirmed" }]}
          />
          <Select
            name="method"
            label="Can log in with"
            defaultValue={values["method"]}
            options={[
              any,
              { value: "password", label: "A password" },
              ...providers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          {dates.map(([name, label]) => (
            <Field
              key={name}
              name={name}
              label={label}
              type="date"
              min="1970-01-01"
              // A browser has no other text in a field for dates.
              defaultValue={errors[name] === undefined ? values[name] : ""}
              error={errors[name]}
              unmarked
            />
          ))}
          <Select
            name="sort"
            label="Order"
            defaultValue={values["sort"] === "newest" ? "" : values["sort"]}
            options={peopleSorts.map((value) => ({
              value: value === "newest" ? "" : value,
              label: sortLabels[value],
            }))}
          />
          <div className="flex items-end gap-2 sm:col-span-1 lg:col-span-3">
            <Button>Show</Button>
            <ButtonLink href={paths.adminUsers} variant="quiet">
              Clear
            </ButtonLink>
          </div>
        </div>
      </details>
    </form>
  );
}

const dates = [
  ["createdFrom", "Joined from"],
  ["createdTo", "Joined until"],
  ["seenFrom", "Seen from"],
  ["seenTo", "Seen until"],
] as const;

const filterNames = ["role", "status", "verified", "method", ...dates.map(([name]) => name)];

function plain(value: string) {
  return { value, label: value };
}
