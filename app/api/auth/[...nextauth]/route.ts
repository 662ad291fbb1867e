import { completeOidcSignIn, refusePostedAnswer } from "@/lib/auth";
import { continueTo, outcome, seeOther } from "@/lib/web/answers";
import { contextFrom } from "@/lib/web/context";

interface Route {
  readonly params: Promise<{ nextauth: string[] }>;
}

/**
 * Of Auth.js's endpoints only the callback of a provider is open to the world; the others are called from within, so
 * that each has the checks it needs in front.
 */
export async function GET(request: Request, { params }: Route): Promise<Response> {
  const provider = callbackOf(await params);
  if (provider === null) return notFound();
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

/** A provider that has the browser post its answer gets a page with a reason for the person, and no sign-in. */
export async function POST(request: Request, { params }: Route): Promise<Response> {
  const provider = callbackOf(await params);
  if (provider === null) return notFound();
  const ctx = contextFrom(request.headers, { kind: "visitor" });
  const code = refusePostedAnswer(ctx, provider);
  return code === "provider_not_configured" ? notFound() : outcome(code, ctx.requestId);
}

function callbackOf({ nextauth: [action, provider, ...rest] }: { nextauth: string[] }): string | null {
  return action === "callback" && rest.length === 0 ? (provider ?? null) : null;
}

function notFound(): Response {
  return Response.json({ message: "Not found", data: null, error: "not_found" }, { status: 404 });
}
