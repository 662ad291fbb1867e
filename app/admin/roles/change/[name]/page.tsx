import type { Metadata } from "next";
import { RoleForm } from "@/components/admin/role-form";
import { PageHeading } from "@/components/ui/page-heading";
import { listRoles } from "@/lib/domain/access/list-roles";
import { paths } from "@/lib/routes";
import { rolePath, rolesPath } from "@/lib/routes-admin";
import { personContext } from "@/lib/web/context";
import { draftOf } from "@/lib/web/form-draft";
import { redirect } from "@/lib/web/redirect";
import { gatedPage } from "../../../../page-builders";
import { changeRole } from "../../actions";

export const metadata: Metadata = { title: "Change a role" };

export default gatedPage(paths.adminChangeRole, async (viewer, { params }) => {
  const { name } = await params;
  const roles = await listRoles(await personContext(viewer));
  const role = roles.find((one) => one.name === name && !one.builtIn);
  if (role === undefined) redirect(rolesPath("gone"));
  return (
    <>
      <PageHeading title={role.name}>What it may do counts from everybody’s next click.</PageHeading>
      <div className="max-w-md">
        <RoleForm
          action={changeRole}
          initial={await draftOf(rolePath(role.name), viewer)}
          role={role}
          own={viewer.permissions}
        />
      </div>
    </>
  );
});
