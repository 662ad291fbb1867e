import { createLocalJWKSet, jwtVerify, type JWK } from "jose";
import type { Middleware } from "./middleware";
import { claimsByScope, claimsOf, pairwiseSubject, sectorOf, type Accounts } from "./accounts";
import type { OidcSettings, ProviderPerson } from "./settings";

/**
 * Lets the access token for the API open `/me` too, as real providers do; `oidc-provider` takes its opaque tokens
 * alone. The claims follow the token's scope (OpenID Connect Core 5.3 and 5.4).
 */
export function userinfoByJwt(settings: OidcSettings, accounts: Accounts, keys: readonly JWK[]): Middleware {
  const published = createLocalJWKSet({ keys: keys.map(publicPart) });
  return async (ctx, next) => {
    const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(ctx.get("authorization")) ?? [];
    if (ctx.path !== "/me" || token === undefined) {
      await next();
      return;
    }
    ctx.set("cache-control", "no-store");
    try {
      const { payload } = await jwtVerify(token, published, { issuer: settings.issuer, typ: "at+jwt" });
      const person = accounts
        .all()
        .find((candidate) => subjectFor(candidate, payload["client_id"]) === payload.sub);
      if (!person) throw new Error("unknown subject");
      const scopes = String(payload["scope"]).split(" ");
      const allowed = new Set(scopes.flatMap((scope) => claimsByScope[scope] ?? []));
      const claims = { ...claimsOf(person, settings), sub: payload.sub };
      ctx.body = Object.fromEntries(Object.entries(claims).filter(([name]) => allowed.has(name)));
    } catch {
      ctx.status = 401;
      ctx.set("www-authenticate", 'Bearer error="invalid_token", error_description="the token is not valid"');
      ctx.body = { error: "invalid_token", error_description: "the token is not valid" };
    }
  };

  function subjectFor(person: ProviderPerson, clientId: unknown): string {
    if (settings.subjectType === "public") return person.sub;
    const client = settings.clients.find((known) => known.clientId === clientId);
    return client ? pairwiseSubject(settings.pairwiseSalt, person.sub, sectorOf(client)) : "";
  }
}

function publicPart(key: JWK): JWK {
  const { kty, kid, alg, use, n, e, crv, x, y } = key;
  return JSON.parse(JSON.stringify({ kty, kid, alg, use, n, e, crv, x, y })) as JWK;
}
