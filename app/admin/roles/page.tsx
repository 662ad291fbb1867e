import type { Metadata } from "next";
import { RoleForm } from "@/components/admin/role-form";
import { RoleItem } from "@/components/admin/role-item";
import { RoleMatrix } from "@/components/admin/role-matrix";
import { Section } from "@/components/settings/section";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import { PageHeading } from "@/components/ui/page-heading";
import { listRoles } from "@/lib/domain/access/list-roles";
import { paths } from "@/lib/routes";
import { roleNotices, type RoleNotice } from "@/lib/routes-admin";
import { personContext } from "@/lib/web/context";
import { draftOf } from "@/lib/web/form-draft";
import { gatedPage } from "../../page-builders";
import { createRole, deleteRole } from "./actions";

export const metadata: Metadata = { title: "Roles" };

const notices: Readonly<Record<RoleNotice, readonly [NoticeTone, string]>> = {
  created: ["success", "The role is there. Give it to people on their pages."],
  changed: ["success", "The role is changed. It counts from everybody's next click."],
  deleted: ["success", "The role is deleted."],
  held: ["warning", "Somebody holds that role. Take it from them first."],
  gone: ["warning", "There is no such role any more."],
};

export default gatedPage(paths.adminRoles, async (viewer, { searchParams }) => {
  const roles = await listRoles(await personContext(viewer));
  const draft = await draftOf(paths.adminRoles, viewer);
  const { notice: code } = await searchParams;
  const notice = roleNotices.find((name) => name === code);
  const mayManage = viewer.permissions.includes("manage:roles");
  return (
    <>
      <PageHeading title="Roles">
        A person may do what their roles may do together. A change counts from everybody’s next click.
      </PageHeading>
      <div role="status" className="not-empty:mb-6">
        {notice ? <Notice tone={notices[notice][0]}>{notices[notice][1]}</Notice> : null}
      </div>
      <h2 id="roles" className="sr-only">
        All roles
      </h2>
      <ul aria-labelledby="roles" className="divide-y divide-line rounded-card border border-line bg-surface">
        {roles.map((role) => (
          <RoleItem key={role.name} role={role} remove={mayManage ? deleteRole : null} />
        ))}
      </ul>
      <h2 className="mt-12 mb-4 text-lg font-semibold">Who may do what</h2>
      <RoleMatrix roles={roles} />
      {mayManage ? (
        <div className="mt-12">
          <Section title="A new role">
            <RoleForm action={createRole} initial={draft} role={null} own={viewer.permissions} />
          </Section>
        </div>
      ) : null}
    </>
  );
});
