import "server-only";
import { createHash } from "node:crypto";
import type { Context } from "@/lib/domain/context";
import { environment } from "@/lib/env";
import { boundedFetch, OutboundError } from "@/lib/platform/http/bounded-fetch";
import { log } from "@/lib/platform/log";

/** A person waits for it; an answer has some 2,000 lines of 40 characters. */
const bounds = { timeoutMilliseconds: 1_500, maxBytes: 512 * 1024 };

const prefixLength = 5;
const line = /^([0-9A-F]{35}):(\d+)$/i;

/**
 * Whether the password stands in a list of breached ones (ASVS 6.2.12), which a range service keeps: it is told the first
 * five digits of a SHA-1 and answers with all that begin so, padded, so that neither it nor the network learns more. Where
 * no service is configured, and where it does not answer as it should, the password is taken: the log has
 * `breached_password_check_failed` then, and the list that is always there has been asked before.
 */
export async function isBreached({ requestId }: Context, password: string): Promise<boolean> {
  const { BREACHED_PASSWORDS_URL: service } = environment();
  if (service === undefined) return false;
  try {
    return await isInRange(service, password);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    log.warn(
      { event: "breached_password_check_failed", requestId, reason: error.code, cause: error },
      "a new password was not held against the breached ones",
    );
    return false;
  }
}

/**
 * Asks a range service about one password.
 * @throws {OutboundError}
 */
export async function isInRange(service: string, password: string): Promise<boolean> {
  const digest = createHash("sha1").update(password.normalize("NFKC"), "utf8").digest("hex").toUpperCase();
  const [prefix, suffix] = [digest.slice(0, prefixLength), digest.slice(prefixLength)];
  const address = new URL(prefix, service.endsWith("/") ? service : `${service}/`);
  const headers = { "Add-Padding": "true", "User-Agent": "Gatehouse", Accept: "text/plain" };
  const response = await boundedFetch(address, { headers }, bounds);
  const range = readRange(await response.text());
  if (response.status !== 200 || range === null)
    throw new OutboundError("malformed", `${address.origin} did not answer with a range of digests`);
  // Padding has a count of nought.
  return (range.get(suffix) ?? 0) > 0;
}

/** Counts by the rest of the digest; null for a text that is no range. */
function readRange(text: string): ReadonlyMap<string, number> | null {
  const range = new Map<string, number>();
  for (const entry of text.trim().split(/\r?\n/)) {
    const [, rest, count] = line.exec(entry) ?? [];
    if (rest === undefined) return null;
    range.set(rest.toUpperCase(), Number(count));
  }
  return range;
}
