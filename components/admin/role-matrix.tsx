import { permissionWords, type Permission } from "@/lib/shared/permissions";
import type { RoleView } from "@/lib/shared/roles";
import { Icon } from "../ui/icon";

/** Who may do what: a row a permission, a column a role. It scrolls by itself where roles are many. */
export function RoleMatrix({ roles }: { roles: readonly RoleView[] }) {
  return (
    <div
      role="region"
      aria-label="What each role may do"
      tabIndex={0}
      className="overflow-x-auto rounded-card border border-line bg-surface"
    >
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className="sticky left-0 bg-surface px-4 py-3 font-medium">
              Permission
            </th>
            {roles.map(({ name }) => (
              <th key={name} scope="col" className="px-3 py-3 text-center font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {(Object.entries(permissionWords) as [Permission, string][]).map(([permission, words]) => (
            <tr key={permission}>
              <th scope="row" className="sticky left-0 bg-surface px-4 py-2 font-normal">
                <code className="font-mono text-[0.9em] whitespace-nowrap">{permission}</code>
                <span className="block text-xs text-muted">{words}</span>
              </th>
              {roles.map((role) => (
                <td key={role.name} className="px-3 py-2 text-center">
                  {role.permissions.includes(permission) ? (
                    <span className="inline-flex text-success">
                      <Icon name="check" />
                      <span className="sr-only">yes</span>
                    </span>
                  ) : (
                    <span className="text-muted">
                      <span aria-hidden="true">–</span>
                      <span className="sr-only">no</span>
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
