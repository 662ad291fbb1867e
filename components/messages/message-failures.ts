import type { MessageFailure } from "@/lib/shared/views";
import type { NoticeTone } from "../ui/notice";

interface FailureWords {
  readonly tone: NoticeTone;
  readonly title: string;
  readonly sentence: string;
  /** What helps: asking again, signing in again, or nothing that the person can do here. */
  readonly remedy: "try-again" | "sign-in" | "none";
}

/** What is said for each way in which the external API can fail to give a message. */
export const messageFailures: Record<MessageFailure, FailureWords> = {
  unauthenticated: {
    tone: "warning",
    title: "The message service wants to know who you are",
    sentence:
      "It did not accept the request in your name. Sign in again and you come straight back to this page.",
    remedy: "sign-in",
  },
  reconnect: {
    tone: "warning",
    title: "Your access to the message service has run out",
    sentence:
      "You are still signed in here. Sign in again to renew it, and you come straight back to this page.",
    remedy: "sign-in",
  },
  step_up: {
    tone: "warning",
    title: "The message service asks for a stronger sign-in",
    sentence: "It wants a fresh or stronger proof that it is you. Sign in again and you come straight back.",
    remedy: "sign-in",
  },
  provider_unavailable: {
    tone: "warning",
    title: "Your access could not be renewed",
    sentence: "Your identity provider cannot be reached right now. You are still signed in here.",
    remedy: "try-again",
  },
  denied: {
    tone: "denied",
    title: "Permission denied",
    sentence: "The message service knows who you are, and does not let your account read this message.",
    remedy: "none",
  },
  not_found: {
    tone: "warning",
    title: "There is no such message",
    sentence: "The message service does not know this message. It may have been renamed or taken away.",
    remedy: "try-again",
  },
  broken: {
    tone: "warning",
    title: "The message service gave an answer that we cannot read",
    sentence: "Nothing that you did caused it. Try again in a moment.",
    remedy: "try-again",
  },
  unreachable: {
    tone: "warning",
    title: "The message service cannot be reached",
    sentence: "It may be starting again. The rest of this site works as usual.",
    remedy: "try-again",
  },
  slow: {
    tone: "warning",
    title: "The message service is taking too long",
    sentence: "We stopped waiting for it. The rest of this site works as usual.",
    remedy: "try-again",
  },
  not_configured: {
    tone: "info",
    title: "No message service is connected",
    sentence: "The people who run this site have not connected one yet, so there is nothing to show here.",
    remedy: "none",
  },
};
