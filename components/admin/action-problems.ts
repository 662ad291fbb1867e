const problems: Readonly<Record<string, string>> = {
  no_such_person: "There is nobody like that any more.",
  own_account: "That is your own account. What you may do to it is in your settings.",
  beyond_own_permissions:
    "That account or role may do what yours may not, so it is for somebody with more permissions to change.",
  session_ended: "Your session has ended meanwhile. Nothing was changed.",
  last_administrator:
    "Without this person there would be no administrator, or only such as a provider can unmake. Grant somebody else the role first.",
  no_such_role: "There is no such role any more.",
  no_address: "There is no e-mail address to send to. Add one first.",
  no_password: "This person logs in with an identity provider and has no password.",
  suspended: "This person is suspended. Let them back in first.",
  mail_capped: "This address got too many such mails within the hour. Try again later.",
  mail_off: "This site sends no mail: set SMTP_URL and MAIL_FROM first.",
  email_taken: "Somebody has proved that address already.",
};

/** Why an action about a person was not done. */
export function actionProblem(code: string): string {
  return problems[code] ?? "That could not be done. Nothing was changed.";
}

/** The sentence for a code in an address, which anybody may have written. */
export function knownProblem(code: unknown): string | null {
  return typeof code === "string" && Object.hasOwn(problems, code) ? (problems[code] ?? null) : null;
}
