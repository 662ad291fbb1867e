import { paths } from "@/lib/routes";
import { auditEventNames } from "@/lib/shared/audit";
import { Button, ButtonLink } from "../ui/button";
import { Field } from "../ui/field";
import { Select } from "../ui/select";

interface AuditFiltersProps {
  /** What the fields hold, as it stood in the address. */
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
}

/** Asks for rows by GET, so that the address says what is shown. */
export function AuditFilters({ values, errors }: AuditFiltersProps) {
  const field = (name: string, label: string, type = "text") => (
    <Field
      name={name}
      label={label}
      type={type}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      // A browser has no other text in a field for days.
      defaultValue={type === "date" && errors[name] ? "" : values[name]}
      error={errors[name]}
      unmarked
    />
  );
  return (
    <form
      method="get"
      action={paths.adminAudit}
      role="search"
      aria-label="Audit log"
      noValidate
      className="mb-6 grid gap-4 rounded-card border border-line bg-surface p-4 sm:grid-cols-2 lg:grid-cols-3"
    >
      {field("who", "Done by")}
      {field("whom", "Done to")}
      <Select
        name="event"
        label="Event"
        defaultValue={values["event"] ?? ""}
        options={[
          { value: "", label: "Any" },
          ...auditEventNames.map((name) => ({ value: name, label: name })),
        ]}
      />
      {field("from", "From day (UTC)", "date")}
      {field("to", "To day (UTC)", "date")}
      {field("address", "IP address")}
      <div className="flex flex-wrap items-center gap-2 sm:col-span-2 lg:col-span-3">
        <Button variant="primary">Show</Button>
        <ButtonLink href={paths.adminAudit} variant="quiet">
          Clear
        </ButtonLink>
        <p className="text-sm text-muted max-sm:w-full">
          People by user name, confirmed e-mail address or id.
        </p>
      </div>
    </form>
  );
}
