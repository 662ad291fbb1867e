import { base64url, exportSPKI, importJWK, SignJWT, type CryptoKey } from "jose";
import { strangersKey, type PeerKey } from "./keys";
import { merge } from "./merge";
import type { Claims, Signing } from "./scenario";

interface Tools {
  readonly key: PeerKey;
  readonly clientSecret: string;
  /** Address of the peer, under which it publishes a stranger's key for headers to name. */
  readonly issuer: string;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/** Signs claims as a JWT, or in one of the ways that must be refused. */
export async function sign(claims: Claims, signing: Signing, tools: Tools): Promise<string> {
  const { key, issuer, clientSecret } = tools;
  const right = { alg: key.algorithm, kid: key.kid };
  const stranger = await strangersKey(key.algorithm);
  const strangers = (header: Record<string, unknown>) =>
    jwt(claims, { ...right, ...header }, stranger.privateKey, tools);
  switch (signing) {
    case "right":
      return jwt(claims, right, key.privateKey, tools);
    case "none":
      return `${encode({ alg: "none" })}.${encode(claims)}.`;
    case "stripped":
      return `${encode(right)}.${encode(claims)}.`;
    case "flipped":
      return flipped(await jwt(claims, right, key.privateKey, tools));
    case "claims_changed": {
      const [header = "", , signature = ""] = (await jwt(claims, right, key.privateKey, tools)).split(".");
      return `${header}.${encode({ ...claims, sub: `${String(claims["sub"])}-changed` })}.${signature}`;
    }
    case "stranger":
      return strangers({});
    case "unknown_key":
      return strangers({ kid: stranger.kid });
    case "jku":
      return strangers({ kid: stranger.kid, jku: `${issuer}/evil/jwks` });
    case "x5u":
      return strangers({ kid: stranger.kid, x5u: `${issuer}/evil/jwks` });
    case "embedded_jwk":
      return strangers({ kid: stranger.kid, jwk: stranger.publicJwk });
    case "hmac_with_public_key": {
      const publicKey = (await importJWK(key.publicJwk, key.algorithm)) as CryptoKey;
      return hmac(claims, right.kid, await exportSPKI(publicKey));
    }
    case "hmac_with_client_secret":
      return hmac(claims, right.kid, clientSecret);
  }
}

function jwt(
  claims: Claims,
  header: { alg: string },
  key: CryptoKey,
  { header: changes }: Tools,
): Promise<string> {
  const merged = { ...merge(header, changes), alg: header.alg };
  const critical = Object.fromEntries(criticalNames(merged).map((name) => [name, true]));
  return new SignJWT({ ...claims }).setProtectedHeader(merged).sign(key, { crit: critical });
}

function criticalNames(header: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(header["crit"]) ? header["crit"].map(String) : [];
}

function hmac(claims: Claims, kid: string, secret: string): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "HS256", kid })
    .sign(new TextEncoder().encode(secret));
}

function flipped(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const bytes = base64url.decode(signature);
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  return `${header}.${payload}.${base64url.encode(bytes)}`;
}

function encode(value: unknown): string {
  return base64url.encode(JSON.stringify(value));
}
