import { completeOidcSignIn } from "@/lib/auth";
import { continueTo, outcome, seeOther } from "@/lib/web/answers";
import { contextFrom } from "@/lib/web/context";

/**
 * Of Auth.js's endpoints only the callback of a provider is open to the world; the others are called from within, so
 * that each has the checks it needs in front.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const [action, provider, ...rest] = (await params).nextauth;
  if (action !== "callback" || provider === undefined || rest.length > 0)
    return Response.json({ message: "Not found", data: null, error: "not_found" }, { status: 404 });
  const ctx = contextFrom(request.headers, { kind: "visitor" });
  const query = new URL(request.url).searchParams;
  const completed = await completeOidcSignIn(ctx, { providerId: provider, query, headers: request.headers });
  switch (completed.kind) {
    case "go-on":
      return seeOther(completed.location, completed.setCookies);
    case "restarted":
      return continueTo(
        completed.location,
        "That took a while. Taking you back to your identity provider",
        completed.setCookies,
      );
    case "failed":
      return outcome(completed.code, ctx.requestId, completed.setCookies, completed.returnTo);
  }
}
