import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Made at random once for each state directory; nobody else has them. */
export interface Secrets {
  /** Names this state: changes when the directory is deleted and made anew. */
  readonly stateId: string;
  readonly authSecret: string;
  readonly clientSecret: string;
  readonly databasePassword: string;
  /** `keyid:base64 of 32 bytes`. */
  readonly tokenEncryptionKeys: string;
  readonly providerCookieKey: string;
  readonly providerPairwiseSalt: string;
}

/** Reads the secrets of the state directory, or makes them. The file is for its owner alone. */
export function loadSecrets(stateDir: string): Secrets {
  const file = join(stateDir, "secrets.json");
  const made: Secrets = {
    stateId: randomUUID(),
    authSecret: random(),
    clientSecret: random(),
    databasePassword: random(),
    tokenEncryptionKeys: `dev1:${randomBytes(32).toString("base64")}`,
    providerCookieKey: random(),
    providerPairwiseSalt: random(),
  };
  let kept: Partial<Secrets> = {};
  try {
    kept = JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const secrets = { ...made, ...kept };
  if (Object.keys(kept).length !== Object.keys(secrets).length) {
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return secrets;
}

function random(): string {
  return randomBytes(32).toString("base64url");
}
