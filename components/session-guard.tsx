"use client";

import { useEffect } from "react";
import { loginPath, postPaths } from "@/lib/routes";

const channelName = "gatehouse-session";
const signedOut = "signed-out";

/**
 * Keeps signed-out pages from staying readable: a page that comes back from the back/forward cache is loaded anew, and
 * a log-out in one tab takes the other tabs to the login page.
 *
 * The other tabs are told when this page goes away for the answer to the log-out form, not when the form is sent: by
 * then the session has ended, so the login page will not send them back in. Scripts off: `no-store` still holds.
 */
export function SessionGuard() {
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    let leaving = false;

    const onMessage = ({ data }: MessageEvent<unknown>) => {
      if (data === signedOut) location.replace(loginPath(undefined, signedOut));
    };
    const onSubmit = ({ target }: SubmitEvent) => {
      leaving = target instanceof HTMLFormElement && target.getAttribute("action") === postPaths.signOut;
    };
    const onPageHide = () => {
      if (leaving) channel.postMessage(signedOut);
    };
    const onPageShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) location.reload();
    };

    channel.addEventListener("message", onMessage);
    document.addEventListener("submit", onSubmit);
    addEventListener("pagehide", onPageHide);
    addEventListener("pageshow", onPageShow);
    return () => {
      channel.close();
      document.removeEventListener("submit", onSubmit);
      removeEventListener("pagehide", onPageHide);
      removeEventListener("pageshow", onPageShow);
    };
  }, []);

  return null;
}
