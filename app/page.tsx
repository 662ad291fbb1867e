import type { ReactNode } from "react";
import { UnavailableNotice } from "@/components/credentials/unavailable-notice";
import { mayOpen } from "@/components/layout/navigation";
import { Shortcuts } from "@/components/shortcuts";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { paths } from "@/lib/routes";
import type { Viewer } from "@/lib/shared/views";
import { currentViewer } from "@/lib/web/viewer";
import { openPage } from "./page-builders";

export default openPage(paths.home, async () => {
  const state = await currentViewer();
  return state.status === "signed-in" ? (
    <Welcome viewer={state.viewer} />
  ) : (
    <Introduction canSignIn={state.status === "signed-out"} />
  );
});

const shortcuts = [
  {
    path: paths.profile,
    icon: "user",
    title: "Profile",
    about: "Who you are to this site, and how you signed in",
  },
  { path: paths.protected, icon: "lock", title: "Protected message", about: "For everyone who is signed in" },
  { path: paths.admin, icon: "shield", title: "Admin message", about: "For those who may read it" },
  { path: paths.public, icon: "message", title: "Public message", about: "For everyone" },
  {
    path: paths.sessions,
    icon: "devices",
    title: "Sessions",
    about: "Where you are signed in, and how to end it",
  },
] as const;

function Welcome({ viewer }: { viewer: Viewer }) {
  return (
    <>
      <div className="mb-8 flex items-center gap-5">
        <Avatar viewer={viewer} size="large" />
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere sm:text-3xl">
            Hello, {viewer.displayName}
          </h1>
          {viewer.email ? <p className="mt-1 wrap-anywhere text-muted">{viewer.email}</p> : null}
        </div>
      </div>
      <Shortcuts label="Shortcuts" items={shortcuts.filter(({ path }) => mayOpen(viewer, path))} />
    </>
  );
}

function Introduction({ canSignIn }: { canSignIn: boolean }) {
  return (
    <>
      <div className="max-w-[60ch] sm:pt-8">
        <h1 className="text-3xl font-semibold tracking-tight sm:text-5xl sm:leading-[1.1]">
          <span className="block">Sign in once. </span>
          <span className="block">See who you are. </span>
          Go where you may.
        </h1>
        <p className="mt-5 text-lg text-muted">
          Gatehouse is the signed-in shell of an application: it signs people in, shows them what is known
          about them, and calls a protected service in their name.
        </p>
        {canSignIn ? (
          <div className="mt-8 flex flex-wrap gap-3">
            <ButtonLink href={paths.login} variant="primary">
              Log in
            </ButtonLink>
            <ButtonLink href={paths.signUp}>Sign up</ButtonLink>
          </div>
        ) : (
          <div className="mt-8">
            <UnavailableNotice />
          </div>
        )}
      </div>
      <dl className="mt-16 grid gap-8 border-t border-line pt-10 sm:grid-cols-3">
        <Point term="One session">
          Through an identity provider or with an account kept here: the session is the same, and you can see
          it and end it.
        </Point>
        <Point term="Nothing hidden">
          Your profile shows every claim that we hold about you. Tokens stay on the server; no page ever
          carries one.
        </Point>
        <Point term="Only where you may">
          Some pages are for everyone, some for those who signed in, some need a permission. Begin with the{" "}
          <TextLink href={paths.public}>public message</TextLink>.
        </Point>
      </dl>
    </>
  );
}

function Point({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-medium">{term}</dt>
      <dd className="mt-2 text-sm leading-6 text-muted">{children}</dd>
    </div>
  );
}
