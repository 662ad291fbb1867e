import { calculateJwkThumbprint, exportJWK, generateKeyPair, type CryptoKey, type JWK } from "jose";

/** A signing key pair with its thumbprint as id. */
export interface PeerKey {
  readonly kid: string;
  readonly algorithm: "RS256" | "ES256";
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function makeKey(algorithm: PeerKey["algorithm"]): Promise<PeerKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const bare = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(bare);
  return { kid, algorithm, privateKey, publicJwk: { ...bare, kid, alg: algorithm, use: "sig" } };
}

const reserve: Record<PeerKey["algorithm"], Promise<PeerKey> | null> = { RS256: null, ES256: null };

/** A key that belongs to nobody, the same for the whole process: RSA keys are slow to make. */
export function strangersKey(algorithm: PeerKey["algorithm"]): Promise<PeerKey> {
  return (reserve[algorithm] ??= makeKey(algorithm));
}
