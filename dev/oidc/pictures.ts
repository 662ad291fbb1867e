import { createHash } from "node:crypto";
import type { Middleware } from "./middleware";
import type { Accounts } from "./accounts";
import { escapeHtml } from "./pages/layout";

/** Draws each person's initials at `/pictures/:username.svg`. */
export function pictures(accounts: Accounts): Middleware {
  return async (ctx, next) => {
    const [, name] = /^\/pictures\/([^/]+)\.svg$/.exec(ctx.path) ?? [];
    if (name === undefined) {
      await next();
      return;
    }
    const person = accounts.findByLogin(decodeURIComponent(name));
    if (!person) {
      ctx.status = 404;
      return;
    }
    ctx.type = "image/svg+xml";
    ctx.set({
      "cache-control": "public, max-age=3600",
      "content-security-policy": "default-src 'none'",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    });
    const initials = `${person.givenName.slice(0, 1)}${person.familyName.slice(0, 1)}`.toUpperCase();
    ctx.body = picture(initials, person.sub);
  };
}

function picture(initials: string, seed: string): string {
  const hue = Math.round((createHash("sha256").update(seed).digest().readUInt16BE(0) / 65_536) * 360);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128" role="img">`,
    `<rect width="128" height="128" fill="hsl(${String(hue)} 55% 32%)"/>`,
    `<text x="64" y="66" fill="#fff" font-family="system-ui, sans-serif" font-size="52" font-weight="600"`,
    ` text-anchor="middle" dominant-baseline="central">${escapeHtml(initials)}</text></svg>`,
  ].join("");
}
