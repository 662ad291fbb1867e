import "server-only";
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { ProviderError } from "./provider-error";
import { boundedFetch, defaultBounds } from "@/lib/platform/http/bounded-fetch";

const freshMilliseconds = 10 * 60_000;
const coolDownMilliseconds = 5_000;

const held = globalThis as { gatehouseJwks?: Map<string, JWTVerifyGetKey> };
const keySets = (held.gatehouseJwks ??= new Map());

/**
 * The keys of a provider's JWKS, fetched at most every ten minutes. A key that is not among them has them fetched once
 * more, at once, for providers that change keys between two sign-ins (OpenID Connect Core 10.1.1), and then not for five
 * seconds, so that a flood of made-up key ids makes no flood of requests.
 */
export function providerKeys(uri: string): JWTVerifyGetKey {
  let keys = keySets.get(uri);
  if (keys === undefined) {
    keys = makeKeys(uri);
    keySets.set(uri, keys);
  }
  return keys;
}

function makeKeys(uri: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(uri), {
    cacheMaxAge: freshMilliseconds,
    // Whether to ask again is decided below.
    cooldownDuration: Infinity,
    // Ours is the deadline, so that a late answer is told from none.
    timeoutDuration: 2 * defaultBounds.timeoutMilliseconds,
    [customFetch]: fetchKeys,
  });
  let askedAgainAt = 0;
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!keys.reloading) {
        if (Date.now() - askedAgainAt < coolDownMilliseconds) throw error;
        askedAgainAt = Date.now();
      }
      await keys.reload();
      return keys(header, token);
    }
  };
}

async function fetchKeys(url: string, init: RequestInit): Promise<Response> {
  const response = await boundedFetch(url, init);
  if (response.status === 200) return response;
  const code = response.status >= 500 ? "provider_unavailable" : "provider_answer_invalid";
  throw new ProviderError(code, `the JWKS answered ${String(response.status)}`);
}
