import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { serveHttp } from "../../dev/launch/loopback";
import { findFreePort } from "../../dev/launch/ports";
import { readBody, send, type Answer } from "./answer";

/** One request that the service got. */
interface RangeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RangeService {
  /** For `BREACHED_PASSWORDS_URL`. */
  readonly url: string;
  readonly requests: RangeRequest[];
  /** What every request is answered with; null: the range that was asked for. */
  answer: Answer | null;
  close(): Promise<void>;
}

const paddingLines = 800;

/** SHA-1 of a password, in the digits of the service. */
export function passwordDigest(password: string): string {
  return createHash("sha1").update(password.normalize("NFKC"), "utf8").digest("hex").toUpperCase();
}

/**
 * Starts a service of breached passwords that knows these: it answers the first five digits of a digest with the rest of
 * all that begin so, each with how often it was seen, and pads with digests that were never seen, as Have I Been Pwned does.
 */
export async function startRangeService(breached: readonly string[]): Promise<RangeService> {
  const port = await findFreePort();
  const known = breached.map(passwordDigest);
  const service: RangeService = {
    url: `http://localhost:${String(port)}/range/`,
    requests: [],
    answer: null,
    close: await serveHttp(port, (request, response) => {
      const { method = "", url: path = "", headers } = request;
      void readBody(request).then((body) => {
        service.requests.push({ method, path, headers, body });
        return send(
          response,
          service.answer ?? { headers: { "content-type": "text/plain" }, body: range(path) },
        );
      });
    }),
  };
  const range = (path: string): string => {
    const prefix = path.slice("/range/".length);
    const found = known
      .filter((digest) => digest.startsWith(prefix))
      .map((digest) => `${digest.slice(5)}:42`);
    const padding = Array.from({ length: paddingLines }, (_, n) => `${passwordDigest(String(n)).slice(5)}:0`);
    return [...padding, ...found].sort().join("\r\n");
  };
  return service;
}
