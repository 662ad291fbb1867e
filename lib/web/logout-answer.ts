import "server-only";
import type { Context } from "@/lib/domain/context";
import { countRefusedLogoutToken, logoutTokenDelaySeconds } from "@/lib/domain/oidc/logout-token-limit";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { describeCause, log } from "@/lib/platform/log";
import { outcomes } from "@/lib/shared/outcomes";

const headers = { "Cache-Control": "no-store" };

/**
 * The answer to a back-channel logout (section 2.8): 200 when it was done or there was nothing to do, 400 for a token
 * that is refused, 429 when the network sent too many of those, 5xx when it should be tried again. `work` gives the number
 * of sessions that ended.
 */
export async function logoutAnswer(
  ctx: Context,
  provider: string,
  work: () => Promise<number>,
): Promise<Response> {
  const { requestId } = ctx;
  try {
    const delaySeconds = await logoutTokenDelaySeconds(ctx);
    if (delaySeconds !== null)
      return refusal("too_many_requests", 429, { "Retry-After": String(delaySeconds) });
    const ended = await counted(ctx, work);
    log.info({ event: "backchannel_logout", requestId, provider, ended }, "the provider ended sessions");
    return new Response(null, { status: 200, headers });
  } catch (error) {
    log.warn(
      { event: "backchannel_logout_failed", requestId, provider, cause: describeCause(error) },
      "refused",
    );
    if (isDatabaseUnavailable(error)) return refusal("temporarily_unavailable", 503);
    if (!(error instanceof ProviderError)) return refusal("server_error", 500);
    return refusal(error.code, isRefusal(error) ? 400 : 503);
  }
}

async function counted(ctx: Context, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error)) await countRefusedLogoutToken(ctx);
    throw error;
  }
}

/** Whether the token is to blame, and not the provider or us. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProviderError && outcomes[error.code].status < 500;
}

function refusal(error: string, status: number, more: Readonly<Record<string, string>> = {}): Response {
  return Response.json({ error }, { status, headers: { ...headers, ...more } });
}
