import { useState, type SubmitEvent } from "react";
import { loginPath, paths } from "@/lib/routes";
import type { SessionLeft, SessionOwner } from "@/lib/shared/session-left";
import { FormError } from "../credentials/form-error";
import { PasswordField } from "../credentials/password-field";
import { Button, ButtonLink } from "../ui/button";
import { TextLink } from "../ui/text-link";
import { extendSession, logInAgain, unreachable } from "./session-requests";

/** The name is the id, and the page beneath may have a field of the usual name. */
const passwordName = "password-again";

interface LogInAgainProps {
  owner: SessionOwner;
  titleId: string;
  textId: string;
  onLoggedIn: (left: SessionLeft) => void;
}

/**
 * Logs in again over the page, which keeps what was typed: with the password here, or in another tab, whose pages tell
 * this one.
 */
export function LogInAgain({ owner, titleId, textId, onLoggedIn }: LogInAgainProps) {
  const { userId, displayName, uid } = owner;
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const elsewhere = loginPath(paths.profile, "session-ended");

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const password = new FormData(event.currentTarget).get(passwordName);
    setPending(true);
    setProblem(null);
    setProblem(await attempt(typeof password === "string" ? password : "").catch(() => unreachable));
    setPending(false);
  }

  async function attempt(password: string): Promise<string | null> {
    const answer = await logInAgain(uid ?? "", password);
    if ("refusal" in answer) return answer.refusal;
    const left = answer.userId === userId ? await extendSession() : null;
    // What is on this page is for its owner alone.
    if (left === null) location.replace(paths.profile);
    else onLoggedIn(left);
    return null;
  }

  return (
    <div className="space-y-5">
      <h2 id={titleId} className="text-lg font-semibold">
        Your session has ended
      </h2>
      <p id={textId}>Log in again as {displayName} to go on where you were. What you typed here is kept.</p>
      {uid === null ? (
        <ButtonLink href={elsewhere} target="_blank" rel="noopener" variant="primary" wide autoFocus>
          Log in again, in a new tab
        </ButtonLink>
      ) : (
        <form
          aria-label="Log in again"
          noValidate
          onSubmit={(event) => void submit(event)}
          className="space-y-5"
        >
          <FormError message={problem} />
          <input type="text" name="username" autoComplete="username" value={uid} readOnly hidden />
          <PasswordField name={passwordName} label="Password" autoComplete="current-password" required />
          <Button variant="primary" wide aria-disabled={pending}>
            {pending ? "Logging in…" : "Log in"}
          </Button>
        </form>
      )}
      <p className="flex flex-wrap justify-between gap-x-6 gap-y-2 text-sm">
        {uid === null ? null : (
          <TextLink href={elsewhere} target="_blank" rel="noopener">
            Log in another way, in a new tab
          </TextLink>
        )}
        <TextLink href={paths.home}>Leave this page</TextLink>
      </p>
    </div>
  );
}
