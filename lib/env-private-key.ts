import { createPrivateKey, type KeyObject } from "node:crypto";
import { z } from "zod";

/** A key with which this application proves that it is the client (`private_key_jwt`, OpenID Connect Core 9). */
export interface PrivateKey {
  readonly key: KeyObject;
  /** What it can sign with, the best known first. */
  readonly algorithms: readonly [string, ...string[]];
  /** Header members that the JWK says: `kid`, and the thumbprints of a certificate (RFC 7515 section 4.1). */
  readonly header: Readonly<Record<string, string>>;
}

const headerMembers = ["kid", "x5t", "x5t#S256"] as const;
const minRsaBits = 2048;
const advice =
  "must be a private key for RS, PS or ES signatures or Ed25519, as PEM (PKCS#8) or as a JWK; make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";

/** PEM (PKCS#8; `\n` may stand for a line break) or a private JWK (RFC 7517). */
export const privateKey = z.string().transform((value, context): PrivateKey => {
  const read = readKey(value.trim());
  if (typeof read !== "string") return read;
  context.addIssue({ code: "custom", message: read });
  return z.NEVER;
});

function readKey(value: string): PrivateKey | string {
  try {
    const jwk = value.startsWith("{") ? (JSON.parse(value) as Record<string, unknown>) : null;
    const key =
      jwk === null
        ? createPrivateKey(value.replaceAll("\\n", "\n"))
        : createPrivateKey({ key: jwk, format: "jwk" });
    if ((key.asymmetricKeyDetails?.modulusLength ?? minRsaBits) < minRsaBits)
      return "is an RSA key of less than 2048 bits; make a longer one";
    const possible = algorithmsOf(key);
    const algorithms = jwk?.["alg"] === undefined ? possible : possible.filter((name) => name === jwk["alg"]);
    const [first, ...others] = algorithms;
    if (first === undefined)
      return possible.length === 0 ? advice : 'has an "alg" that is not for this kind of key';
    const header = headerMembers.flatMap((name) => {
      const member = jwk?.[name];
      return typeof member === "string" ? [[name, member] as const] : [];
    });
    return { key, algorithms: [first, ...others], header: Object.fromEntries(header) };
  } catch {
    return advice;
  }
}

/** By RFC 7518 section 3.1 and RFC 9864. */
function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly string[] {
  if (asymmetricKeyType === "rsa") return ["RS256", "PS256", "RS384", "PS384", "RS512", "PS512"];
  if (asymmetricKeyType === "ed25519") return ["EdDSA", "Ed25519"];
  const byCurve: Record<string, string> = { prime256v1: "ES256", secp384r1: "ES384", secp521r1: "ES512" };
  const algorithm = asymmetricKeyType === "ec" ? byCurve[asymmetricKeyDetails?.namedCurve ?? ""] : undefined;
  return algorithm === undefined ? [] : [algorithm];
}
