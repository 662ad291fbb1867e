import "server-only";
import type { MailContent } from "@/lib/domain/mail/render-mail";
import { absolute, host } from "@/lib/domain/mail/site-address";
import { mailedPath, paths } from "@/lib/routes";

/*
 * The words of the mails about an account. Of what people chose only the user name stands in them, whose characters are
 * few: a name of 200 characters in a mail from us would be a message of somebody else's.
 */

const ignore = "If it was not you, ignore this mail: nothing happens without the link.";

/** To somebody who signed up, or asked for the link again. */
export function confirmEmailMail({ username, token }: { username: string; token: string }): MailContent {
  return {
    subject: "Confirm your e-mail address",
    preview: "One click, and the address is yours.",
    heading: "Confirm your e-mail address",
    paragraphs: [`The account ${username} at ${host()} gave this address. Confirm that it is yours.`],
    action: { label: "Confirm the address", href: absolute(mailedPath(paths.confirmEmail, token)) },
    notes: ["The link works once, within 24 hours, while you are logged in to that account.", ignore],
  };
}

/** To somebody with an account, when somebody signs up with their address once more. */
export function addressKnownMail({ username }: { username: string }): MailContent {
  return {
    subject: "You already have an account",
    preview: "Somebody signed up with your address again.",
    heading: "You already have an account",
    paragraphs: [
      `Somebody, perhaps you, has made the account ${username} at ${host()} with this address. It belongs to your own account already, so the new one cannot confirm it.`,
      "If it was you, log in the way you did before. If it was not, there is nothing to do: your account is as it was.",
    ],
    action: { label: "Log in", href: absolute(paths.login) },
    notes: [`You get this because your account at ${host()} has this address.`],
  };
}

/** To somebody who forgot the password, or of whom somebody else says so. */
export function resetPasswordMail({ username, token }: { username: string; token: string }): MailContent {
  return {
    subject: "Choose a new password",
    preview: "One click, and you choose a new one.",
    heading: "Choose a new password",
    paragraphs: [
      `Somebody, perhaps you, has asked for a new password for the account ${username} at ${host()}.`,
      "When you have chosen it, every session of the account ends, and you log in anew.",
    ],
    action: { label: "Choose a password", href: absolute(mailedPath(paths.resetPassword, token)) },
    notes: ["The link works once, within an hour.", ignore],
  };
}

/** To somebody for whom an administrator made an account. */
export function invitationMail({ username, token }: { username: string; token: string }): MailContent {
  return {
    subject: "You are invited",
    preview: "Choose a password, and your account is open.",
    heading: "You are invited",
    paragraphs: [
      `An administrator of ${host()} has made the account ${username} for you.`,
      "Choose a password, and log in with it. Nobody else knows it.",
    ],
    action: { label: "Choose a password", href: absolute(mailedPath(paths.resetPassword, token)) },
    notes: ["The link works once, within 72 hours.", ignore],
  };
}

/** To somebody who has no password to forget. */
export function noPasswordMail(): MailContent {
  return {
    subject: "Your account has no password",
    preview: "You log in with an identity provider.",
    heading: "Your account has no password",
    paragraphs: [
      `Somebody, perhaps you, has asked for a new password at ${host()}. Your account there has none: you log in with an identity provider, as you did before.`,
    ],
    action: { label: "Log in", href: absolute(paths.login) },
    notes: ["If it was not you, there is nothing to do: your account is as it was."],
  };
}

/** To the owner, after every change of a password (ASVS 6.3.7). */
export function passwordChangedMail({ username }: { username: string }): MailContent {
  return {
    subject: "Your password was changed",
    preview: "If it was not you, act now.",
    heading: "Your password was changed",
    paragraphs: [
      `The password of the account ${username} at ${host()} has just been changed.`,
      "If it was not you, choose a new one at once. It ends every session.",
    ],
    action: { label: "Choose a new password", href: absolute(paths.forgotPassword) },
    notes: ["If it was you, there is nothing to do."],
  };
}

/** To somebody who logs in without a password. */
export function signInMail({
  username,
  code,
  token,
}: {
  username: string;
  code: string;
  token: string;
}): MailContent {
  return {
    subject: `Your login code is ${code}`,
    preview: "It works for ten minutes, in the browser that asked for it.",
    heading: "Log in",
    paragraphs: [`Type this code where you asked for it, to log in to ${host()} as ${username}.`],
    code: `${code.slice(0, 3)} ${code.slice(3)}`,
    action: { label: "Log in by link instead", href: absolute(mailedPath(paths.emailLoginLink, token)) },
    notes: [
      "The link logs in whatever browser you open it in. Code and link work once, within ten minutes. Nobody from here asks you for the code.",
      "If it was not you, ignore this mail: nobody gets in without it.",
    ],
  };
}
