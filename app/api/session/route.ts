import "server-only";
import { extendSession } from "@/lib/domain/sessions/extend-session";
import { failure, success } from "@/lib/shared/result";
import { notSignedIn } from "@/lib/web/api-route";
import { endpoint } from "@/lib/web/endpoint";
import { extendOwnSession } from "./operation";

/** For the button of the warning that the session is about to end. */
export const POST = endpoint(extendOwnSession, async (ctx) => {
  const left = await extendSession(ctx);
  return left === null ? failure(notSignedIn) : success(left);
});
