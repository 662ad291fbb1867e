import type { Context } from "../middleware";
import type { OidcSettings } from "../settings";
import { page, pageHeaders } from "./layout";

/** Answers with one screen. */
export function showPage(
  settings: OidcSettings,
  ctx: Pick<Context, "set" | "body">,
  title: string,
  body: string,
): void {
  const targets = settings.clients.flatMap((client) => [
    ...client.redirectUris,
    ...client.postLogoutRedirectUris,
  ]);
  ctx.set(pageHeaders([...new Set(targets.map((target) => new URL(target).origin))]));
  ctx.body = page(settings.title, title, body);
}
