import { findProviderConfig } from "@/lib/domain/oidc/provider-config";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { verifyLogoutToken } from "@/lib/domain/oidc/verify-logout-token";
import { endProviderSessions } from "@/lib/domain/sessions/end-provider-sessions";
import { contextFrom } from "@/lib/web/context";
import { logoutAnswer } from "@/lib/web/logout-answer";
import { readForm } from "@/lib/web/read-form";

/** OpenID Connect Back-Channel Logout 1.0: called by the provider itself, without a cookie. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ provider: string }> },
): Promise<Response> {
  const { provider: id } = await params;
  const ctx = contextFrom(request.headers, { kind: "system", name: "backchannel-logout" });
  return logoutAnswer(ctx, id, async () => {
    const provider = findProviderConfig(id);
    if (provider === null) throw new ProviderError("provider_not_configured", "no such provider");
    const token = (await readForm(request))?.("logout_token") ?? null;
    if (token === null) throw new ProviderError("invalid_request", "no logout_token");
    const verified = await verifyLogoutToken(provider, token, ctx.now());
    const ended = await endProviderSessions(ctx, verified);
    if (!ended.ok) throw new ProviderError("invalid_request", "the logout token was used before");
    return ended.value.ended;
  });
}
