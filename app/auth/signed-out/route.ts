import { timingSafeEqual } from "node:crypto";
import { cookies } from "next/headers";
import { paths } from "@/lib/routes";
import { outcome, seeOther } from "@/lib/web/answers";
import { requestIdHeader } from "@/lib/web/request-headers";
import { sessionCookieOptions } from "@/lib/web/session-cookie";
import { cookieHeaderFor } from "@/lib/web/set-cookie";
import { logoutStateCookieName } from "@/lib/web/sign-out";

/** Where the provider sends the browser once its session has ended; the state must be the one that we sent with it. */
export async function GET(request: Request): Promise<Response> {
  const name = logoutStateCookieName();
  const expected = Buffer.from((await cookies()).get(name)?.value ?? "");
  const given = Buffer.from(new URL(request.url).searchParams.get("state") ?? "");
  const forgotten = [cookieHeaderFor(name, "", { ...sessionCookieOptions(), maxAge: 0 })];
  const matches = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  if (matches) return seeOther(paths.home, forgotten);
  return outcome("sign_out_state_mismatch", request.headers.get(requestIdHeader) ?? "", forgotten);
}
