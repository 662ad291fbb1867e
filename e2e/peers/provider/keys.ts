import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from "jose";

/** Algorithms that a peer can sign with: all that OpenID providers use with keys of two halves. */
export const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;

export type Algorithm = (typeof algorithms)[number];

/** A signing key pair with an id of its own. */
export interface PeerKey {
  readonly kid: string;
  readonly algorithm: Algorithm;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** A new key of each algorithm, the standard one first. RSA keys are slow to make, so one serves its whole family. */
export async function makeKeys(): Promise<readonly PeerKey[]> {
  const rsa = generateKeyPair("RS256", { extractable: true });
  return Promise.all(
    algorithms.map(async (algorithm) => {
      const isRsa = /^[RP]S/.test(algorithm);
      const { privateKey, publicKey } = await (isRsa
        ? rsa
        : generateKeyPair(algorithm, { extractable: true }));
      const bare = await exportJWK(publicKey);
      const thumbprint = await calculateJwkThumbprint(bare);
      const kid = isRsa && algorithm !== "RS256" ? `${thumbprint}-${algorithm}` : thumbprint;
      const publicJwk = { ...bare, kid, alg: algorithm, use: "sig" };
      return { kid, algorithm, privateKey: await forAlgorithm(privateKey, algorithm), publicJwk };
    }),
  );
}

let strangers: Promise<readonly PeerKey[]> | undefined;

/** A key that belongs to nobody, the same for the whole process. */
export async function strangersKey(algorithm: Algorithm): Promise<PeerKey> {
  return keyFor(await (strangers ??= makeKeys()), algorithm);
}

export function keyFor(keys: readonly PeerKey[], algorithm: Algorithm): PeerKey {
  const key = keys.find((candidate) => candidate.algorithm === algorithm);
  if (key === undefined) throw new Error(`the peer has no key for ${algorithm}`);
  return key;
}

/** Web Crypto binds an RSA key to one scheme and hash. */
async function forAlgorithm(key: CryptoKey, algorithm: Algorithm): Promise<CryptoKey> {
  if (!/^[RP]S/.test(algorithm) || algorithm === "RS256") return key;
  return (await importJWK(await exportJWK(key), algorithm)) as CryptoKey;
}
