import { paths } from "@/lib/routes";
import { continueTo, outcome, seeOther } from "@/lib/web/answers";
import { formRoute } from "@/lib/web/form-route";
import { browserSessionToken } from "@/lib/web/start-session";
import { endBrowserSession } from "@/lib/web/sign-out";

export const POST = formRoute(async (ctx, form) => {
  const token = await browserSessionToken();
  const { location, providerSessionRemains, setCookies } = await endBrowserSession(ctx, {
    token,
    everywhere: form("scope") !== "here",
  });
  const response =
    location !== null
      ? continueTo(location, "Signing you out at your identity provider", setCookies)
      : providerSessionRemains
        ? outcome("provider_session_remains", ctx.requestId, setCookies)
        : seeOther(paths.home, setCookies);
  response.headers.set("Clear-Site-Data", '"cache", "storage"');
  return response;
});
