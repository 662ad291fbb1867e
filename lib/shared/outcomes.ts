/**
 * Every way in which a sign-in, a sign-out or a page can end badly, as a closed union of stable codes.
 * `status` is the HTTP status of the outcome page; the words for people are beside it so that no code lacks a sentence.
 */
interface Outcome {
  readonly status: 200 | 400 | 401 | 403 | 404 | 409 | 429 | 500 | 502 | 503 | 504;
  readonly title: string;
  readonly sentence: string;
  /** What the person can do next. */
  readonly next: "sign-in" | "try-again" | "home" | "sign-in-known-way" | "identities";
}

export const outcomes = {
  invalid_request: {
    status: 400,
    title: "That request was not understood",
    sentence: "The link or form that brought you here is incomplete or out of date.",
    next: "sign-in",
  },
  cross_site_request: {
    status: 403,
    title: "That request came from another site",
    sentence: "For your safety we only accept this from our own pages. Nothing was changed.",
    next: "home",
  },
  permission_denied: {
    status: 403,
    title: "You may not do that",
    sentence:
      "Your account does not have the permission that it needs. An administrator of this site can grant it. Nothing was changed.",
    next: "home",
  },
  transaction_lost: {
    status: 400,
    title: "That sign-in took too long",
    sentence:
      "The sign-in was finished already, began in another browser, or waited too long. Nothing is lost: start again.",
    next: "sign-in",
  },
  provider_refused: {
    status: 400,
    title: "The identity provider refused",
    sentence: "The identity provider ended the sign-in with an error.",
    next: "sign-in",
  },
  provider_failed: {
    status: 502,
    title: "The identity provider has a fault",
    sentence:
      "It said so itself. It is not your fault and your account is safe. Try again in a moment, or log in another way.",
    next: "sign-in",
  },
  provider_must_ask: {
    status: 400,
    title: "The identity provider has a question for you",
    sentence: "It could not log you in without asking you something. Start again, and answer it there.",
    next: "sign-in",
  },
  provider_cannot_prove: {
    status: 400,
    title: "The identity provider could not prove enough",
    sentence:
      "The page needs a stronger login than your account there allows. Set one up at the provider, then start again.",
    next: "sign-in",
  },
  provider_answer_invalid: {
    status: 400,
    title: "The identity provider's answer could not be trusted",
    sentence:
      "A check on the answer failed, so nobody was signed in. If it happens again, tell the people who run this site.",
    next: "sign-in",
  },
  id_token_invalid: {
    status: 400,
    title: "The identity provider's answer could not be trusted",
    sentence:
      "The proof of who you are failed a check, so nobody was signed in. If it happens again, tell the people who run this site.",
    next: "sign-in",
  },
  userinfo_invalid: {
    status: 400,
    title: "The identity provider's answer could not be trusted",
    sentence: "What the provider said about you did not match its own proof, so nobody was signed in.",
    next: "sign-in",
  },
  issuer_mismatch: {
    status: 400,
    title: "The answer came from another provider",
    sentence: "The answer was not issued by the provider that you chose, so it was refused.",
    next: "sign-in",
  },
  account_exists: {
    status: 409,
    title: "You already have an account with this e-mail address",
    sentence:
      "Log in the way you did before, and you can connect this identity to your account. We never join two accounts because their e-mail addresses are the same.",
    next: "sign-in-known-way",
  },
  identity_taken: {
    status: 409,
    title: "That identity belongs to another account",
    sentence:
      "Somebody is logged in with it here already, under another account. Log in with it to see which, and disconnect it there first.",
    next: "identities",
  },
  pending_identity_gone: {
    status: 400,
    title: "There is nothing to connect any more",
    sentence:
      "An identity waits ten minutes, in one browser and for one account, and is connected once. Nothing was changed: begin again.",
    next: "identities",
  },
  last_way_in: {
    status: 409,
    title: "That is your only way to log in",
    sentence: "Without it nobody could log in to your account. Connect another identity first.",
    next: "identities",
  },
  last_administrator: {
    status: 409,
    title: "You are the only administrator",
    sentence:
      "Without this identity nobody could look after this site. Make somebody else an administrator first.",
    next: "identities",
  },
  no_such_person: {
    status: 404,
    title: "There is nobody like that",
    sentence: "The account may have been deleted meanwhile. Search for the person once more.",
    next: "home",
  },
  no_such_job: {
    status: 404,
    title: "There is no such change",
    sentence:
      "What was done to many people at once is kept for thirty days. The audit log has it for longer.",
    next: "home",
  },
  account_suspended: {
    status: 403,
    title: "This account is suspended",
    sentence: "You cannot sign in with it now. The people who run this site can tell you why.",
    next: "home",
  },
  provider_session_remains: {
    status: 200,
    title: "You are signed out here",
    sentence:
      "Your session with the identity provider could not be ended from here. On a shared computer, sign out there too.",
    next: "home",
  },
  sign_out_state_mismatch: {
    status: 400,
    title: "You are signed out here",
    sentence:
      "The identity provider's answer did not match, so we cannot say whether you are signed out there too.",
    next: "home",
  },
  provider_not_configured: {
    status: 404,
    title: "There is no such sign-in",
    sentence: "This site does not offer that identity provider.",
    next: "sign-in",
  },
  provider_unavailable: {
    status: 502,
    title: "The identity provider cannot be reached",
    sentence: "It is not your fault and your account is safe. Try again in a moment, or sign in another way.",
    next: "sign-in",
  },
  provider_timeout: {
    status: 504,
    title: "The identity provider did not answer in time",
    sentence: "It is not your fault and your account is safe. Try again in a moment, or sign in another way.",
    next: "sign-in",
  },
  link_spent: {
    status: 400,
    title: "This link no longer works",
    sentence: "It was used already, has expired, or a newer one took its place. Ask for a new one.",
    next: "home",
  },
  undo_spent: {
    status: 400,
    title: "This link no longer works",
    sentence:
      "It was used already, or its three days are over. If somebody else has your account, the people who run this site can help.",
    next: "sign-in",
  },
  address_taken: {
    status: 409,
    title: "The address belongs to another account now",
    sentence:
      "Nothing was changed. If that account is yours too, log in to it, give it another address, and open the link again within its three days.",
    next: "sign-in",
  },
  temporarily_unavailable: {
    status: 503,
    title: "We cannot reach our records right now",
    sentence: "Nothing is lost. This page comes back by itself as soon as they answer.",
    next: "try-again",
  },
  unexpected: {
    status: 500,
    title: "Something went wrong on our side",
    sentence: "It has been written down with the reference below. Nothing that you did caused it.",
    next: "try-again",
  },
} as const satisfies Record<string, Outcome>;

export type OutcomeCode = keyof typeof outcomes;

export function isOutcomeCode(value: unknown): value is OutcomeCode {
  return typeof value === "string" && Object.hasOwn(outcomes, value);
}
