import { rolePath } from "@/lib/routes-admin";
import { maxCountedPeople, type RoleView } from "@/lib/shared/roles";
import { Badge } from "../ui/badge";
import { Button, ButtonLink } from "../ui/button";

interface RoleItemProps {
  role: RoleView;
  /** Null for those who may look and no more. */
  remove: ((form: FormData) => Promise<void>) | null;
}

/** One role: what it is for, who holds it, what can be done with it. */
export function RoleItem({ role: { name, description, builtIn, people }, remove }: RoleItemProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-5">
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
          {name}
          {builtIn ? <Badge>Built in</Badge> : null}
        </h3>
        <p className="mt-1 text-sm wrap-anywhere text-muted">
          {description === "" ? null : `${description.replace(/\.$/, "")}. `}
          {peopleInWords(people)}
        </p>
      </div>
      {builtIn || remove === null ? null : (
        <div className="flex gap-2">
          <ButtonLink href={rolePath(name)} size="small" aria-label={`Change ${name}`}>
            Change
          </ButtonLink>
          {people === 0 ? (
            <form action={remove}>
              <input type="hidden" name="name" value={name} />
              <Button variant="danger" size="small" aria-label={`Delete ${name}`}>
                Delete
              </Button>
            </form>
          ) : null}
        </div>
      )}
    </li>
  );
}

function peopleInWords(people: number): string {
  if (people >= maxCountedPeople) return `${maxCountedPeople.toLocaleString("en-GB")} people or more hold it`;
  if (people === 0) return "Nobody holds it";
  return people === 1 ? "One person holds it" : `${String(people)} people hold it`;
}
