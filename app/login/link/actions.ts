"use server";

import { emailSignIn } from "@/lib/auth";
import { linkTokenParameter, mailedPath, paths } from "@/lib/routes";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { requestContext } from "@/lib/web/context";
import { redirect } from "@/lib/web/redirect";
import { redirectToOutcome } from "@/lib/web/redirect-to-outcome";
import { browserSessionToken, setSessionCookie } from "@/lib/web/start-session";

/** Signs in by the link that was sent by mail, in whatever browser: field `token`. */
export async function logInByLink(form: FormData): Promise<void> {
  const token = linkTokenFrom(form.get(linkTokenParameter));
  if (token === null) redirect(paths.emailLogin);
  const ctx = await requestContext();
  const signedIn = await emailSignIn(ctx, { kind: "link", token }, await browserSessionToken());
  if (signedIn.ok) {
    await setSessionCookie(signedIn.value);
    redirect(paths.profile);
  }
  // The page of the link says what is wrong with it.
  if (signedIn.error === "link_spent") redirect(mailedPath(paths.emailLoginLink, token));
  redirectToOutcome(signedIn.error === "wrong_code" ? "unexpected" : signedIn.error, ctx.requestId);
}
