import { startOidcSignIn } from "@/lib/auth";
import { returnToParameter } from "@/lib/routes";
import { readStartParameters } from "@/lib/shared/start-parameters";
import { continueTo, outcome } from "@/lib/web/answers";
import { formRoute } from "@/lib/web/form-route";
import { safeReturnPath } from "@/lib/web/safe-return-path";

export const POST = formRoute<{ provider: string }>(async (ctx, form, request, { provider }) => {
  const started = await startOidcSignIn(ctx, {
    providerId: provider,
    intent: form("intent") === "sign-up" ? "sign-up" : "sign-in",
    returnTo: safeReturnPath(form(returnToParameter)),
    parameters: readStartParameters(form),
    headers: request.headers,
  });
  if (!started.ok) return outcome(started.error, ctx.requestId);
  return continueTo(started.value.location, "Taking you to your identity provider", started.value.setCookies);
});
