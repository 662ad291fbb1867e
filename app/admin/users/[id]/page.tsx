import type { Metadata } from "next";
import type { ReactNode } from "react";
import { z } from "zod";
import { knownProblem } from "@/components/admin/action-problems";
import { EditPersonForm, SuspendPersonForm } from "@/components/admin/person-forms";
import { PersonEvents, PersonIdentities, PersonRoles, PersonSessions } from "@/components/admin/person-lists";
import { PersonFacts, PersonHeading, PersonStanding } from "@/components/admin/person-view";
import { userNotices } from "@/components/admin/user-notices";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { StatusNotice } from "@/components/ui/status-notice";
import { TextLink } from "@/components/ui/text-link";
import { findPerson } from "@/lib/domain/administration/find-person";
import { listRoleNames } from "@/lib/domain/administration/list-role-names";
import { graceDays } from "@/lib/domain/account/deletion-policy";
import { paths, postPaths } from "@/lib/routes";
import { adminUserPath } from "@/lib/routes-admin";
import { adminUserNotices } from "@/lib/shared/admin-user-notices";
import type { Permission } from "@/lib/shared/permissions";
import { personContext } from "@/lib/web/context";
import { draftOf } from "@/lib/web/form-draft";
import { pageOutcome } from "@/lib/web/page";
import { Failed, gatedPage } from "../../../page-builders";
import * as actions from "./actions";

export const metadata: Metadata = { title: "User" };

export default gatedPage(`${paths.adminUsers}/[id]`, async (viewer, { params, searchParams }) => {
  const id = z.uuid().safeParse((await params)["id"]);
  const ctx = await personContext(viewer);
  const person = id.success ? await findPerson(ctx, { userId: id.data }) : null;
  if (person === null) return <Failed {...await pageOutcome("no_such_person", paths.adminUsers)} />;
  const { notice: code, problem } = await searchParams;
  const notice = adminUserNotices.find((name) => name === code);
  const own = person.id === viewer.userId;
  const may = (permission: Permission) => !own && viewer.permissions.includes(permission);
  const grantable = may("grant:roles")
    ? (await listRoleNames(ctx)).filter(
        (role) => !person.roles.some((one) => one.role === role && one.claimedBy === null),
      )
    : [];
  const draft = await draftOf(adminUserPath(person.id), viewer);
  const userId = person.id;
  return (
    <>
      <p className="mb-4 text-sm">
        <TextLink href={paths.adminUsers}>Users</TextLink>
      </p>
      <PersonHeading person={person} />
      <StatusNotice tone={knownProblem(problem) === null ? "success" : "danger"}>
        {knownProblem(problem) ?? (notice === undefined ? null : userNotices[notice])}
      </StatusNotice>
      <PersonStanding person={person} />
      {own ? (
        <p className="mb-8 text-sm text-muted">
          This is you. What you may change about yourself is in your{" "}
          <TextLink href={paths.profileSettings}>settings</TextLink>.
        </p>
      ) : null}
      <Part id="account" title="Account">
        <PersonFacts person={person} />
      </Part>
      <Part id="roles" title="Roles">
        <PersonRoles
          userId={userId}
          roles={person.roles}
          revoke={may("grant:roles") ? actions.revokeUserRole : null}
        />
        {grantable.length === 0 ? null : (
          <form action={actions.grantUserRole} className="mt-4 flex max-w-md items-end gap-3">
            <input type="hidden" name="userId" value={userId} />
            <div className="flex-1">
              <Select
                name="role"
                label="Another role"
                options={grantable.map((role) => ({ value: role, label: role }))}
              />
            </div>
            <Button>Grant</Button>
          </form>
        )}
      </Part>
      <Part id="identities" title="Identities">
        <PersonIdentities identities={person.identities} />
      </Part>
      <Part id="sessions" title="Sessions">
        <PersonSessions
          userId={userId}
          sessions={person.sessions}
          end={may("end:sessions") ? actions.endUserSessions : null}
        />
        {may("end:sessions") && person.sessions.length > 1 ? (
          <ActionButton userId={userId} action={actions.endUserSessions} danger>
            End all sessions
          </ActionButton>
        ) : null}
      </Part>
      {may("update:users") ? (
        <>
          <Section title="Details">
            <EditPersonForm action={actions.editUser} initial={draft} userId={userId} person={person} />
          </Section>
          <Section
            title="Help with logging in"
            about="The person gets a link by mail and chooses the password. You never see or choose one."
          >
            <div className="flex flex-wrap gap-3">
              <ActionButton userId={userId} action={actions.sendUserPasswordLink}>
                {person.passwordChangedAt === null ? "Send an invitation" : "Start a password reset"}
              </ActionButton>
              {person.emailVerifiedAt === null ? null : (
                <ActionButton userId={userId} action={actions.unproveUserAddress}>
                  Have the address confirmed anew
                </ActionButton>
              )}
              {person.locked ? (
                <ActionButton userId={userId} action={actions.liftUserLocks}>
                  Lift the lock
                </ActionButton>
              ) : null}
            </div>
          </Section>
        </>
      ) : null}
      {may("suspend:users") ? (
        <Section
          title={person.suspension === null ? "Suspend" : "Suspended"}
          about="Every session, link and token of the person ends at once, and no way of logging in works until it is over."
        >
          {person.suspension === null ? (
            <SuspendPersonForm action={actions.suspendUser} initial={draft} userId={userId} />
          ) : (
            <ActionButton userId={userId} action={actions.restoreUser}>
              Let them back in
            </ActionButton>
          )}
        </Section>
      ) : null}
      {may("export:users") ? (
        <Section title="Data" about="Everything that is kept about the person, without passwords and tokens.">
          <form method="post" action={postPaths.adminUserData(userId)}>
            <Button>Download the data</Button>
          </form>
        </Section>
      ) : null}
      {may("delete:users") ? (
        <Section
          title="Delete"
          about={`The person is logged out everywhere. For ${String(graceDays)} days they can come back by logging in; then everything is deleted.`}
        >
          {person.deletionDueAt === null ? (
            <ActionButton userId={userId} action={actions.closeUserAccount} danger>
              Delete the account
            </ActionButton>
          ) : (
            <ActionButton userId={userId} action={actions.reopenUserAccount}>
              Keep the account
            </ActionButton>
          )}
        </Section>
      ) : null}
      <Part id="events" title="Activity">
        <PersonEvents events={person.events} />
      </Part>
    </>
  );
});

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-8 first-of-type:border-t-0 first-of-type:pt-0">
      <h2 id={id} className="mb-4 text-lg font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

interface ActionButtonProps {
  userId: string;
  action: (form: FormData) => Promise<void>;
  danger?: boolean;
  children: ReactNode;
}

function ActionButton({ userId, action, danger = false, children }: ActionButtonProps) {
  return (
    <form action={action} className={danger ? "mt-4" : undefined}>
      <input type="hidden" name="userId" value={userId} />
      <Button variant={danger ? "danger" : "secondary"}>{children}</Button>
    </form>
  );
}
