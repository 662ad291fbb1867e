import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

/**
 * The provider's private signing keys, one for each algorithm, in that order; made once for the folder. The key id is
 * the thumbprint (RFC 7638), so two providers never share one.
 */
export async function signingKeys(folder: string, algorithms: readonly string[]): Promise<JWK[]> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "keys.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as JWK[]) : [];
  const missing = algorithms.filter((algorithm) => !kept.some((key) => key.alg === algorithm));
  const keys = [...kept, ...(await Promise.all(missing.map(makeKey)))];
  if (missing.length > 0) {
    writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return algorithms.flatMap((algorithm) => keys.filter((key) => key.alg === algorithm));
}

async function makeKey(algorithm: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, alg: algorithm, use: "sig", kid: await calculateJwkThumbprint(key) };
}
