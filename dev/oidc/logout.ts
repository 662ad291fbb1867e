import type { Middleware } from "./middleware";
import type { KoaContextWithOIDC } from "oidc-provider";
import { pairwiseSubject, sectorOf } from "./accounts";
import { loggedOutScreen, logoutScreen } from "./pages/screens";
import { showPage } from "./pages/show";
import type { OidcSettings } from "./settings";

/**
 * Answers a logout request (OpenID Connect RP-Initiated Logout 1.0, section 2). When the ID token hint is of the person
 * who is logged in here, the session ends at once and the browser goes back; else the person is asked.
 */
export async function logoutSource(
  settings: OidcSettings,
  ctx: KoaContextWithOIDC,
  form: string,
): Promise<void> {
  const { session, client, entities } = ctx.oidc;
  const hinted = (entities["IdTokenHint"] as { payload?: { sub?: unknown } } | undefined)?.payload?.sub;
  const accountId = session?.accountId ?? "";
  const pairwise = settings.subjectType === "pairwise" && client;
  const subject = pairwise ? pairwiseSubject(settings.pairwiseSalt, accountId, sectorOf(client)) : accountId;
  if (hinted === undefined || hinted !== subject) {
    showPage(settings, ctx, "Log out", logoutScreen(form));
    return;
  }
  await endSession(ctx);
  ctx.status = 303;
  ctx.redirect(returnAddress(ctx));
}

/** Shown after a logout that names no place to return to. */
export function postLogoutSuccessSource(settings: OidcSettings, ctx: KoaContextWithOIDC): void {
  showPage(settings, ctx, "Logged out", loggedOutScreen());
}

/** Sends a browser that has no session here straight back, where the standard answer needs a script or a click. */
export const skipEmptyLogout: Middleware = async (ctx, next) => {
  await next();
  const { oidc } = ctx as unknown as Partial<KoaContextWithOIDC>;
  if (oidc?.route !== "end_session" || ctx.status !== 200 || oidc.session?.accountId !== undefined) return;
  ctx.status = 303;
  ctx.redirect(returnAddress(ctx as unknown as KoaContextWithOIDC));
};

interface LogoutTarget {
  readonly backchannelLogoutUri?: string;
  backchannelLogout(accountId: string, sid: string): Promise<unknown>;
}

async function endSession(ctx: KoaContextWithOIDC): Promise<void> {
  const { session, provider } = ctx.oidc;
  if (!session) return;
  for (const [clientId, { grantId, sid }] of Object.entries(session.authorizations ?? {})) {
    const client = (await provider.Client.find(clientId)) as unknown as LogoutTarget | undefined;
    const { accountId } = session;
    if (client?.backchannelLogoutUri !== undefined && accountId !== undefined && sid !== undefined) {
      try {
        await client.backchannelLogout(accountId, sid);
      } catch (error) {
        console.error(`Back-channel logout of ${clientId} failed: ${String(error)}`);
      }
    }
    if (grantId === undefined) continue;
    await provider.RefreshToken.revokeByGrantId(grantId);
    await provider.Grant.adapter.destroy(grantId);
  }
  await session.destroy();
  ctx.cookies.set(provider.cookieName("session"), null, { httpOnly: true, sameSite: "lax" });
}

function returnAddress(ctx: KoaContextWithOIDC): string {
  const { post_logout_redirect_uri: target, state } = ctx.oidc.params ?? {};
  if (typeof target !== "string") return ctx.oidc.urlFor("end_session_success");
  const url = new URL(target);
  if (typeof state === "string") url.searchParams.set("state", state);
  return url.href;
}
