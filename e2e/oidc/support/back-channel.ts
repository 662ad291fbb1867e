import type { Stage } from "../../attacks/support/stage";
import { Visitor, type Answered } from "../../attacks/support/visitor";
import type { LogoutTokenSigning, PeerProvider } from "../../peers/provider/start";
import type { Claims } from "../../peers/provider/scenario";

export const backChannelPath = "/api/auth/backchannel-logout/oidc";
export const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

/** Sends a logout token as a provider does: without a cookie, without an origin. */
export function send({ url }: Pick<Stage, "url">, token: string, path = backChannelPath): Promise<Answered> {
  return new Visitor(url).post(path, { logout_token: token }, { origin: "" });
}

/** Signs a logout token and sends it. */
export async function notify(
  stage: { readonly url: string; readonly peer: PeerProvider },
  claims: Claims,
  how?: LogoutTokenSigning,
): Promise<Answered> {
  return send(stage, await stage.peer.signLogoutToken(claims, how));
}

export async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.get("/api/me")).status === 200;
}
