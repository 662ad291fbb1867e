import { outcome } from "@/lib/web/answers";
import { proposeLogin } from "@/lib/web/proposed-login";
import { readForm } from "@/lib/web/read-form";
import { requestIdHeader } from "@/lib/web/request-headers";

/** `initiate_login_uri` (OpenID Connect Core 4), by GET and by POST of whatever site. */
export const GET = (request: Request): Response => {
  const query = new URL(request.url).searchParams;
  return proposeLogin(request.headers, (name) => (query.getAll(name).length === 1 ? query.get(name) : null));
};

export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  if (form === null) return outcome("invalid_request", request.headers.get(requestIdHeader) ?? "");
  return proposeLogin(request.headers, form);
}
