"use server";

import { emailSignIn } from "@/lib/auth";
import { codeSchema } from "@/lib/domain/identity/schemas";
import { emailLoginPath, paths, returnToParameter } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { deleteCodeCookie, readCodeCookie } from "@/lib/web/code-cookie";
import { formFailure } from "@/lib/web/form-failure";
import { runForm } from "@/lib/web/run-form";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { browserSessionToken, setSessionCookie } from "@/lib/web/start-session";

/** Signs in by the code that was sent to the browser that asks, and goes on to the return path. */
export async function logInByCode(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: codeSchema, keep: [returnToParameter] };
  return runForm(previous, form, definition, async (ctx, { code }) => {
    const returnTo = safeReturnPath(form.get(returnToParameter));
    const bound = await readCodeCookie();
    if (bound === null) return { redirectTo: emailLoginPath("emailLogin", returnTo) };
    const { proofId: id, browserToken } = bound;
    const proof = { kind: "code", id, code, browserToken } as const;
    const signedIn = await emailSignIn(ctx, proof, await browserSessionToken());
    if (signedIn.ok) {
      await deleteCodeCookie();
      await setSessionCookie(signedIn.value);
      return { redirectTo: returnTo ?? paths.profile };
    }
    if (signedIn.error === "wrong_code")
      return { fieldErrors: { code: "That is not the code. Look at the newest mail from us" } };
    if (signedIn.error === "link_spent")
      return { formError: "This code no longer works. Have a new one sent." };
    return { formError: formFailure(signedIn.error, ctx.requestId) };
  });
}
