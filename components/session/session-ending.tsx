import { useState } from "react";
import type { SessionLeft } from "@/lib/shared/session-left";
import { FormError } from "../credentials/form-error";
import { Button } from "../ui/button";
import { extendSession, unreachable } from "./session-requests";

interface SessionEndingProps {
  secondsLeft: number;
  extendable: boolean;
  titleId: string;
  textId: string;
  onExtended: (left: SessionLeft) => void;
  onEnded: () => void;
}

/** The seconds that are said aloud; the others are only shown. */
const spoken = [30, 10];

/** Says how long is left, and lets the person stay (WCAG 2.2.1). */
export function SessionEnding({
  secondsLeft,
  extendable,
  titleId,
  textId,
  onExtended,
  onEnded,
}: SessionEndingProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function stay() {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      const left = await extendSession();
      if (left === null) onEnded();
      else onExtended(left);
    } catch {
      setProblem(unreachable);
    }
    setPending(false);
  }

  return (
    <div className="space-y-4">
      <h2 id={titleId} className="text-lg font-semibold">
        {extendable ? "Are you still there?" : "Your session is about to end"}
      </h2>
      <p id={textId}>
        You will be logged out in <span className="font-medium tabular-nums">{inWords(secondsLeft)}</span>.{" "}
        {extendable
          ? "Nothing was done here for a while."
          : "A session does not last for ever. Log in again to go on; what you typed here stays."}
      </p>
      <p role="status" className="sr-only">
        {spoken.includes(secondsLeft) ? `${inWords(secondsLeft)} left` : ""}
      </p>
      <FormError message={problem} />
      <Button
        type="button"
        variant="primary"
        wide
        autoFocus
        aria-disabled={pending}
        onClick={() => {
          if (extendable) void stay();
          else onEnded();
        }}
      >
        {extendable ? (pending ? "One moment…" : "Stay logged in") : "Log in again"}
      </Button>
    </div>
  );
}

function inWords(seconds: number): string {
  return seconds === 1 ? "1 second" : `${String(seconds)} seconds`;
}
