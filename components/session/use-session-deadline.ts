import { useEffect, useRef, useState } from "react";
import { loginPath, postPaths } from "@/lib/routes";
import type { SessionLeft } from "@/lib/shared/session-left";

const channelName = "gatehouse-session";
const signedOut = "signed-out";

/** What tabs tell each other: that somebody logged out, or that a session was used and how long it lasts now. */
type Word = typeof signedOut | { readonly userId: string; readonly left: SessionLeft };

/** What a page knows about its session, without asking anybody. */
export interface SessionState {
  readonly phase: "running" | "ending" | "ended";
  readonly secondsLeft: number;
  /** Use lengthens it; if not, it ends at its greatest age. */
  readonly extendable: boolean;
}

const warnSeconds = 60;
/** Browsers keep no timer longer than 24.8 days. */
const longestWait = 24 * 60 * 60 * 1000;

/** When the session ends, counted from now. The warning comes 60 s before, or half way when it is as short as that. */
function deadlineOf({ idleSeconds, absoluteSeconds }: SessionLeft) {
  const seconds = Math.min(idleSeconds, absoluteSeconds);
  return {
    at: Date.now() + seconds * 1000,
    warnFor: Math.min(warnSeconds, seconds / 2) * 1000,
    extendable: idleSeconds < absoluteSeconds,
  };
}

/**
 * Follows the session of a page by the clock and by what the other tabs say; it asks the server nothing, so an open page
 * keeps no session alive. A log-out in one tab takes the others to the login page, and a page out of the back/forward
 * cache is loaded anew.
 *
 * The other tabs are told of a log-out when this page goes away for the answer to the form, not when the form is sent: by
 * then the session has ended, so the login page will not send them back in.
 * @param left as the server said with this page.
 * @returns the state, and what to call when the server has said anew how long the session lasts.
 */
export function useSessionDeadline(userId: string, left: SessionLeft) {
  const [state, setState] = useState<SessionState>({ phase: "running", secondsLeft: 0, extendable: true });
  const renewal = useRef<(left: SessionLeft) => void>(() => undefined);

  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    const tell = (word: Word) => {
      channel.postMessage(word);
    };
    let deadline = deadlineOf(left);
    let leaving = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const look = () => {
      const { at, warnFor, extendable } = deadline;
      const remaining = at - Date.now();
      const phase = remaining <= 0 ? "ended" : remaining <= warnFor ? "ending" : "running";
      setState(
        phase === "running"
          ? (before) => (before.phase === "running" ? before : { ...before, phase })
          : { phase, secondsLeft: Math.max(0, Math.ceil(remaining / 1000)), extendable },
      );
      clearTimeout(timer);
      if (phase !== "ended")
        timer = setTimeout(look, phase === "ending" ? 1000 : Math.min(remaining - warnFor, longestWait));
    };
    const renew = (renewed: SessionLeft) => {
      deadline = deadlineOf(renewed);
      look();
    };
    renewal.current = (renewed) => {
      tell({ userId, left: renewed });
      renew(renewed);
    };

    const onMessage = ({ data }: MessageEvent<Word>) => {
      if (data === signedOut) location.replace(loginPath(undefined, signedOut));
      else if (data.userId === userId) renew(data.left);
    };
    const onSubmit = ({ target }: SubmitEvent) => {
      leaving = target instanceof HTMLFormElement && target.getAttribute("action") === postPaths.signOut;
    };
    const onPageHide = () => {
      if (leaving) tell(signedOut);
    };
    const onPageShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) location.reload();
    };

    channel.addEventListener("message", onMessage);
    document.addEventListener("submit", onSubmit);
    // A computer that slept has slept through its timers.
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", onPageHide);
    addEventListener("pageshow", onPageShow);
    tell({ userId, left });
    timer = setTimeout(look);
    return () => {
      clearTimeout(timer);
      channel.close();
      document.removeEventListener("submit", onSubmit);
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pagehide", onPageHide);
      removeEventListener("pageshow", onPageShow);
    };
  }, [userId, left]);

  return {
    state,
    renewed: (said: SessionLeft) => {
      renewal.current(said);
    },
  };
}
