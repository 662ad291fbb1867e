import { loginPath, paths } from "@/lib/routes";
import { outcomes, type OutcomeCode } from "@/lib/shared/outcomes";
import { ButtonLink } from "../ui/button";
import { ComeBack } from "./come-back";
import { OutcomeView } from "./outcome-view";

interface OutcomeProps {
  code: OutcomeCode;
  reference: string | null;
  /** The page to try again; a path of this site. */
  from: string | null;
}

/** An outcome in its own words, with the next step and the reference. */
export function Outcome({ code, reference, from }: OutcomeProps) {
  const { status, title, sentence, next } = outcomes[code];
  return (
    <OutcomeView
      status={status}
      title={title}
      reference={reference}
      actions={
        <>
          <Next next={next} from={from} />
          {next === "home" || (next === "try-again" && from === null) ? null : (
            <ButtonLink href={paths.home}>Go to the home page</ButtonLink>
          )}
        </>
      }
    >
      <p>{sentence}</p>
      {code === "temporarily_unavailable" ? <ComeBack path={from ?? paths.home} /> : null}
    </OutcomeView>
  );
}

function Next({ next, from }: { next: (typeof outcomes)[OutcomeCode]["next"]; from: string | null }) {
  switch (next) {
    case "sign-in":
      return <Primary href={loginPath(from ?? undefined)}>Back to the login</Primary>;
    case "sign-in-known-way":
      return (
        <Primary href={loginPath(from ?? undefined, from === null ? undefined : "connect")}>
          Log in the way you know
        </Primary>
      );
    case "identities":
      return <Primary href={paths.identities}>Go to your connected identities</Primary>;
    case "try-again":
      return <Primary href={from ?? paths.home}>{from ? "Try again" : "Go to the home page"}</Primary>;
    case "home":
      return <Primary href={paths.home}>Go to the home page</Primary>;
  }
}

function Primary({ href, children }: { href: string; children: string }) {
  return (
    <ButtonLink href={href} variant="primary">
      {children}
    </ButtonLink>
  );
}
