import type { Metadata } from "next";
import { headers } from "next/headers";
import { Outcome } from "@/components/outcome/outcome";
import { isOutcomeCode, outcomes, type OutcomeCode } from "@/lib/shared/outcomes";
import { setPageStatus } from "@/lib/web/page-status";
import { requestIdHeader } from "@/lib/web/request-headers";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import type { SearchParams } from "../../search-params";

interface OutcomePageProps {
  searchParams: SearchParams;
}

export async function generateMetadata({ searchParams }: OutcomePageProps): Promise<Metadata> {
  return { title: outcomes[codeOf((await searchParams)["code"])].title };
}

export default async function OutcomePage({ searchParams }: OutcomePageProps) {
  const { code: givenCode, reference, from } = await searchParams;
  const code = codeOf(givenCode);
  setPageStatus((await headers()).get(requestIdHeader) ?? "", outcomes[code].status);
  return <Outcome code={code} reference={referenceOf(reference)} from={safeReturnPath(from)} />;
}

function codeOf(value: unknown): OutcomeCode {
  return isOutcomeCode(value) ? value : "unexpected";
}

/** A reference as the server makes them; anything else in the address bar is not shown. */
function referenceOf(value: unknown): string | null {
  return typeof value === "string" && /^[\w-]{4,64}$/.test(value) ? value : null;
}
