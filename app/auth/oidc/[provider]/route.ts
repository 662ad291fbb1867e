import { startOidcSignIn } from "@/lib/auth";
import { returnToParameter } from "@/lib/routes";
import { startParameters } from "@/lib/shared/start-parameters";
import { continueTo, outcome } from "@/lib/web/answers";
import { formRoute } from "@/lib/web/form-route";
import type { FormFields } from "@/lib/web/read-form";
import { safeReturnPath } from "@/lib/web/safe-return-path";

const maxParameterLength = 254;

export const POST = formRoute<{ provider: string }>(async (ctx, form, request, { provider }) => {
  const started = await startOidcSignIn(ctx, {
    providerId: provider,
    intent: form("intent") === "sign-up" ? "sign-up" : "sign-in",
    returnTo: safeReturnPath(form(returnToParameter)),
    parameters: readParameters(form),
    headers: request.headers,
  });
  if (!started.ok) return outcome(started.error, ctx.requestId);
  return continueTo(started.value.location, "Taking you to your identity provider", started.value.setCookies);
});

function readParameters(form: FormFields): Record<string, string> {
  return Object.fromEntries(
    startParameters.flatMap((name) => {
      const value = form(name);
      return value === null || value === "" || value.length > maxParameterLength ? [] : [[name, value]];
    }),
  );
}
