import type { Metadata } from "next";
import { ComeBack } from "@/components/outcome/come-back";
import { OutcomeView } from "@/components/outcome/outcome-view";
import { ButtonLink } from "@/components/ui/button";
import { paths } from "@/lib/routes";
import { isOutcomeCode, outcomes, type OutcomeCode } from "@/lib/shared/outcomes";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import type { SearchParams } from "../../search-params";

interface OutcomePageProps {
  searchParams: SearchParams;
}

export async function generateMetadata({ searchParams }: OutcomePageProps): Promise<Metadata> {
  return { title: outcomes[codeOf((await searchParams).code)].title };
}

export default async function OutcomePage({ searchParams }: OutcomePageProps) {
  const { code: givenCode, reference, from: givenFrom } = await searchParams;
  const code = codeOf(givenCode);
  const from = safeReturnPath(givenFrom);
  const { status, title, sentence, next } = outcomes[code];
  return (
    <OutcomeView
      status={status}
      title={title}
      reference={referenceOf(reference)}
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
      return <Primary href={paths.login}>Back to the login</Primary>;
    case "sign-in-known-way":
      return <Primary href={paths.login}>Log in the way you know</Primary>;
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

function codeOf(value: unknown): OutcomeCode {
  return isOutcomeCode(value) ? value : "unexpected";
}

/** A reference as the server makes them; anything else in the address bar is not shown. */
function referenceOf(value: unknown): string | null {
  return typeof value === "string" && /^[\w-]{4,64}$/.test(value) ? value : null;
}
