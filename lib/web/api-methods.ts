import { apiMethods, apiPaths } from "@/lib/routes";
import { onHost } from "@/lib/shared/base-path";
import { apiErrors, type ApiErrorCode } from "@/lib/shared/api-errors";

/**
 * Our API's own words for a path or method that it does not have: the framework's would be a page, and nothing at all.
 * `pathname` begins at the application's root. Null for everything else.
 */
export function refuseMethod(method: string, pathname: string): Response | null {
  if (!pathname.startsWith("/api/") || `${onHost(pathname)}/`.startsWith(`${apiPaths.auth}/`)) return null;
  const methods = methodsOf(pathname);
  if (methods === null) return answer("not_found", "There is nothing of that name.");
  const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  if (allowed.includes(method)) return null;
  const response = answer("method_not_allowed", `This takes ${methods.join(", ")}.`);
  // RFC 9110 section 15.5.6.
  response.headers.set("Allow", allowed.join(", "));
  return response;
}

function methodsOf(pathname: string): readonly string[] | null {
  const parts = pathname.split("/");
  const fits = (pattern: string) => {
    const wanted = pattern.split("/");
    return (
      wanted.length === parts.length &&
      wanted.every((part, at) => part === parts[at] || (part.startsWith("{") && parts[at] !== ""))
    );
  };
  // A path without parameters goes before one with them.
  return apiMethods[pathname] ?? Object.entries(apiMethods).find(([pattern]) => fits(pattern))?.[1] ?? null;
}

function answer(error: ApiErrorCode, message: string): Response {
  const { status } = apiErrors[error];
  return Response.json({ message, data: null, error }, { status, headers: { "Cache-Control": "no-store" } });
}
