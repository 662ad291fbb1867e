import "server-only";
import type { Context } from "@/lib/domain/context";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { describeCause, log } from "@/lib/platform/log";
import { outcomes } from "@/lib/shared/outcomes";

const headers = { "Cache-Control": "no-store" };

/**
 * The answer to a back-channel logout (section 2.8): 200 when it was done or there was nothing to do, 400 for a token
 * that is refused, 5xx when it should be tried again. `work` gives the number of sessions that ended.
 */
export async function logoutAnswer(
  ctx: Context,
  provider: string,
  work: () => Promise<number>,
): Promise<Response> {
  const { requestId } = ctx;
  try {
    const ended = await work();
    log.info({ event: "backchannel_logout", requestId, provider, ended }, "the provider ended sessions");
    return new Response(null, { status: 200, headers });
  } catch (error) {
    log.warn(
      { event: "backchannel_logout_failed", requestId, provider, cause: describeCause(error) },
      "refused",
    );
    if (isDatabaseUnavailable(error)) return refusal("temporarily_unavailable", 503);
    if (!(error instanceof ProviderError)) return refusal("server_error", 500);
    const { status } = outcomes[error.code];
    return refusal(error.code, status >= 500 ? 503 : 400);
  }
}

function refusal(error: string, status: number): Response {
  return Response.json({ error }, { status, headers });
}
