"use client";

import { paths } from "@/lib/routes";
import { outcomes } from "@/lib/shared/outcomes";
import { Button, ButtonLink } from "../ui/button";
import { OutcomeView } from "./outcome-view";

interface FailureProps {
  error: unknown;
  retry: () => void;
}

/** What an error boundary shows: the words of the `unexpected` outcome, and Next's digest as the reference. */
export function Failure({ error, retry }: FailureProps) {
  const { status, title, sentence } = outcomes.unexpected;
  return (
    <OutcomeView
      status={status}
      title={title}
      reference={digestOf(error)}
      actions={
        <>
          <Button type="button" variant="primary" onClick={retry}>
            Try again
          </Button>
          <ButtonLink href={paths.home}>Go to the home page</ButtonLink>
        </>
      }
    >
      <title>{`${title} · Gatehouse`}</title>
      <p>{sentence}</p>
    </OutcomeView>
  );
}

function digestOf(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : null;
}
