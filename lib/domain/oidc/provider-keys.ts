import "server-only";
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { ProviderError, toProviderError } from "./provider-error";
import { boundedFetch, defaultBounds } from "@/lib/platform/http/bounded-fetch";
import { log } from "@/lib/platform/log";

const freshMilliseconds = 10 * 60_000;
const usableMilliseconds = 24 * 60 * 60_000;
const coolDownMilliseconds = 5_000;
const pauseMilliseconds = 30_000;

const held = globalThis as { gatehouseJwks?: Map<string, JWTVerifyGetKey> };
const keySets = (held.gatehouseJwks ??= new Map());

/**
 * The keys of a provider's JWKS, fetched at most every ten minutes. A key that is not among them has them fetched once
 * more, at once, for providers that change keys between two sign-ins (OpenID Connect Core 10.1.1), and then not for five
 * seconds, so that a flood of made-up key ids makes no flood of requests. While the JWKS cannot be reached, keys that
 * were in it serve on for a day, by their `kid` alone (docs/decisions/0057); a JWKS that answers without them ends them.
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
    // Whether to ask again is decided below.
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
    // Ours is the deadline, so that a late answer is told from none.
    timeoutDuration: 2 * defaultBounds.timeoutMilliseconds,
    [customFetch]: fetchKeys,
  });
  let fetchedAt = -Infinity;
  let failedAt = -Infinity;
  let askedAgainAt = 0;

  async function reload(): Promise<void> {
    await keys.reload();
    fetchedAt = Date.now();
  }

  /** Fetches keys that are no longer fresh; throws when none of the last ones may stand in for `kid`. */
  async function refresh(kid: string | undefined): Promise<void> {
    const age = Date.now() - fetchedAt;
    if (age < freshMilliseconds) return;
    const isKnown = kid !== undefined && keys.jwks()?.keys.some((key) => key.kid === kid) === true;
    const servesOn = isKnown && age < usableMilliseconds;
    if (servesOn && Date.now() - failedAt < pauseMilliseconds) return;
    try {
      await reload();
    } catch (error) {
      failedAt = Date.now();
      const { code } = toProviderError(error);
      const isAway = code === "provider_unavailable" || code === "provider_timeout";
      if (!servesOn || !isAway) throw error;
      log.warn(
        { event: "provider_keys_unread", jwksUri: uri, ageSeconds: Math.round(age / 1000), cause: error },
        "the keys of the last reading serve on",
      );
    }
  }

  return async (header, token) => {
    await refresh(header.kid);
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!keys.reloading) {
        if (Date.now() - askedAgainAt < coolDownMilliseconds) throw error;
        askedAgainAt = Date.now();
      }
      await reload();
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
