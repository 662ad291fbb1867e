import { startOidcSignIn, type StartInput } from "@/lib/auth";
import { loginPath, returnToParameter } from "@/lib/routes";
import { readStartParameters } from "@/lib/shared/start-parameters";
import { continueTo, outcome, seeOther } from "@/lib/web/answers";
import { formRoute } from "@/lib/web/form-route";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { currentViewer } from "@/lib/web/viewer";

export const POST = formRoute<{ provider: string }>(async (ctx, form, request, { provider }) => {
  const returnTo = safeReturnPath(form(returnToParameter));
  const intent = await readIntent(form("intent"));
  if (intent === null) return seeOther(loginPath(returnTo ?? undefined, "session-ended"));
  const started = await startOidcSignIn(ctx, {
    providerId: provider,
    intent,
    returnTo,
    parameters: readStartParameters(form),
    headers: request.headers,
  });
  if (!started.ok) return outcome(started.error, ctx.requestId);
  return continueTo(started.value.location, "Taking you to your identity provider", started.value.setCookies);
});

/** What the form is for; null when it is for somebody signed in and nobody is. */
async function readIntent(value: string | null): Promise<StartInput["intent"] | null> {
  if (value !== "confirm") return { kind: value === "sign-up" ? "sign-up" : "sign-in" };
  const state = await currentViewer();
  return state.status === "signed-in" ? { kind: "confirm", sessionId: state.viewer.sessionId } : null;
}
