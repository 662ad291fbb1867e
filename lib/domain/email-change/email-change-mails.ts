import "server-only";
import type { MailContent } from "@/lib/domain/mail/render-mail";
import { absolute, host } from "@/lib/domain/mail/site-address";
import { mailedPath, paths } from "@/lib/routes";

/*
 * The words of the mails about a change of address. None of them tells one address to the other: a mailbox that somebody
 * leaves behind has no business with the new one.
 */

interface Whose {
  /** Null for somebody who logs in at a provider. */
  readonly username: string | null;
}

const account = ({ username }: Whose): string =>
  username === null ? `your account at ${host()}` : `the account ${username} at ${host()}`;

/** To the new address: the link that makes the change. */
export function changeEmailMail({ username, token }: Whose & { token: string }): MailContent {
  const whose = username === null ? `An account at ${host()}` : `The account ${username} at ${host()}`;
  return {
    subject: "Confirm your new e-mail address",
    preview: "One click, and it replaces the one before.",
    heading: "Confirm your new e-mail address",
    paragraphs: [
      `${whose} is to have this address from now on. Confirm that it is yours.`,
      "Until then nothing changes. Afterwards every other session of the account ends.",
    ],
    action: { label: "Use this address", href: absolute(mailedPath(paths.confirmNewEmail, token)) },
    notes: [
      "The link works once, within 24 hours, while you are logged in to that account.",
      "If it was not you, ignore this mail: nothing happens without the link.",
    ],
  };
}

/** To somebody whose address another account wants. */
export function addressWantedMail({ username }: Whose): MailContent {
  const who = username === null ? "Another account" : `The account ${username}`;
  return {
    subject: "Another account asked for your e-mail address",
    preview: "It stays yours. Nothing was changed.",
    heading: "Your address stays yours",
    paragraphs: [
      `${who} at ${host()} asked to have this address. It belongs to your own account, so nothing was changed.`,
      "If both accounts are yours, give this one another address first, then ask again.",
    ],
    action: { label: "Log in", href: absolute(paths.login) },
    notes: [
      "If it was not you, there is nothing to do: nobody gets your address without your mail.",
      `You get this because your account at ${host()} has this address.`,
    ],
  };
}

/** To the address of before, with the link that takes the change back; without one when an older link does that. */
export function emailChangedMail({
  username,
  undo,
}: Whose & { undo: { readonly token: string; readonly until: Date } | null }): MailContent {
  const words = {
    subject: "Your e-mail address was changed",
    heading: "Your e-mail address was changed",
  };
  const happened = `A moment ago ${account({ username })} was given another e-mail address. This one no longer belongs to it.`;
  if (undo === null)
    return {
      ...words,
      preview: "If it was not you, use the link of the change before.",
      paragraphs: [
        happened,
        "If it was not you: the address was changed before, within the last three days. The mail about that went to the address of then, and its link undoes both changes.",
      ],
      notes: ["If it was you, there is nothing to do."],
    };
  return {
    ...words,
    preview: "If it was not you, undo it now.",
    paragraphs: [
      happened,
      "If it was not you, take the account back: this address is put in again, every session ends, and the password stops working.",
    ],
    action: { label: "Undo the change", href: absolute(mailedPath(paths.undoEmailChange, undo.token)) },
    notes: ["If it was you, there is nothing to do.", `The link works once, until ${inWords(undo.until)}.`],
  };
}

/** To the address that is the account's again; `token` chooses a password where there was one. */
export function emailRestoredMail({ username, token }: Whose & { token: string | null }): MailContent {
  const whose = account({ username });
  const words = {
    subject: "Your e-mail address is yours again",
    preview: "Every session has ended. Here is how to go on.",
    heading: "Your e-mail address is yours again",
  };
  if (token === null)
    return {
      ...words,
      paragraphs: [
        `The change is undone: this is the address of ${whose}. Every session has ended, so log in as you did before.`,
        "Then look at your activity and your connected identities, and remove what is not yours.",
      ],
      action: { label: "Log in", href: absolute(paths.login) },
      notes: ["Nobody can log in by a code or link to the other address any more."],
    };
  return {
    ...words,
    paragraphs: [
      `The change is undone: this is the address of ${whose}. Every session has ended, and the password works no more: choose a new one.`,
      "Then look at your activity and your connected identities, and remove what is not yours.",
    ],
    action: { label: "Choose a password", href: absolute(mailedPath(paths.resetPassword, token)) },
    notes: [
      "The link works once, within an hour. Later, ask for a new one under “Forgot your password?”.",
      "Where you used the old password elsewhere, change it there too.",
    ],
  };
}

/** To the address that is the account's no more because its change was undone. */
export function emailChangeUndoneMail({ username }: Whose): MailContent {
  return {
    subject: "A change of your e-mail address was undone",
    preview: "This address no longer belongs to the account.",
    heading: "The change was undone",
    paragraphs: [
      `Somebody used the link that we sent to the address of before. This address no longer belongs to ${account({ username })}, and every session has ended.`,
      "If that was not you, somebody can read the mail of your old address. The people who run the site can help.",
    ],
    notes: ["You get this because the account had this address until now."],
  };
}

function inWords(moment: Date): string {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(moment)} UTC`;
}
