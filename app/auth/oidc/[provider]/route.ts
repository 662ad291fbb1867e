import { startOidcSignIn, type StartInput } from "@/lib/auth";
import type { Context } from "@/lib/domain/context";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { confirmPath, loginPath, paths, returnToParameter } from "@/lib/routes";
import { readStartParameters } from "@/lib/shared/start-parameters";
import { continueTo, outcome, seeOther } from "@/lib/web/answers";
import { formRoute } from "@/lib/web/form-route";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { currentViewer } from "@/lib/web/viewer";

export const POST = formRoute<{ provider: string }>(async (ctx, form, request, { provider }) => {
  const returnTo = safeReturnPath(form(returnToParameter));
  const intent = await readIntent(ctx, form("intent"));
  if (intent === "session_ended") return seeOther(loginPath(returnTo ?? undefined, "session-ended"));
  if (intent === "authentication_not_recent") return seeOther(confirmPath(paths.identities));
  const started = await startOidcSignIn(ctx, {
    providerId: provider,
    intent,
    returnTo: intent.kind === "link" ? paths.identities : returnTo,
    parameters: readStartParameters(form),
    headers: request.headers,
  });
  if (!started.ok) return outcome(started.error, ctx.requestId);
  return continueTo(started.value.location, "Taking you to your identity provider", started.value.setCookies);
});

/** What the form is for, or why it cannot be: some of it is for somebody signed in, or signed in lately. */
async function readIntent(
  ctx: Context,
  value: string | null,
): Promise<StartInput["intent"] | "session_ended" | "authentication_not_recent"> {
  if (value !== "confirm" && value !== "link") return { kind: value === "sign-up" ? "sign-up" : "sign-in" };
  const state = await currentViewer();
  if (state.status !== "signed-in") return "session_ended";
  const { viewer } = state;
  const recent = isRecentlyAuthenticated({ ...ctx, actor: { kind: "person", viewer } });
  if (value === "link" && !recent) return "authentication_not_recent";
  return { kind: value, sessionId: viewer.sessionId };
}
