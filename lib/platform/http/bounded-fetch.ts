import { passedOn } from "./passed-on";
import { telemetry } from "@/lib/platform/telemetry/held";

/** Why a call to another server failed. `code` is stable; the cause is for the log. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly code: "timeout" | "unreachable" | "too_large" | "redirected" | "malformed";

  constructor(code: OutboundError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface Bounds {
  /** For the whole exchange, the body included. */
  readonly timeoutMilliseconds: number;
  readonly maxBytes: number;
}

export const defaultBounds: Bounds = { timeoutMilliseconds: 5_000, maxBytes: 1_048_576 };

const maxRedirects = 3;

/** Of the client and of the system: the connection ended before there was an answer. */
const endedConnection = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/**
 * `fetch` with a deadline, a cap on the body, and no way to another origin: a GET follows redirects within the origin
 * of the request, everything else refuses them. The response is complete when the promise resolves. A GET whose connection
 * ends before its answer begins is asked once more (RFC 9110 section 9.2.2). The call carries the id of the request that
 * it is made for, and its trace.
 * @throws {OutboundError}
 */
export async function boundedFetch(
  input: string | URL,
  init: RequestInit = {},
  bounds: Bounds = defaultBounds,
): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(await passedOn())) headers.set(name, value);
  const listening = telemetry();
  if (listening === null) return exchange(input, { ...init, headers }, bounds);
  const call = { method: init.method ?? "GET", url: new URL(input), headers };
  return listening.outbound(call, (carrying) => exchange(input, { ...init, headers: carrying }, bounds));
}

async function exchange(input: string | URL, init: RequestInit, bounds: Bounds): Promise<Response> {
  const deadline = AbortSignal.timeout(bounds.timeoutMilliseconds);
  const signal = init.signal ? AbortSignal.any([deadline, init.signal]) : deadline;
  const origin = new URL(input).origin;
  let url = new URL(input);
  try {
    for (let hops = 0; ; hops += 1) {
      const response = await ask(url, { ...init, signal, redirect: "manual", cache: "no-store" });
      const location =
        response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
      if (location === null) return await readWithin(response, bounds.maxBytes);
      await response.body?.cancel();
      const next = URL.canParse(location, url) ? new URL(location, url) : null;
      if (next === null)
        throw new OutboundError("redirected", `${origin} answered with a redirect to nowhere`);
      url = next;
      if (url.origin !== origin || hops === maxRedirects || (init.method ?? "GET") !== "GET")
        throw new OutboundError("redirected", `${origin} answered with a redirect that is not followed`);
    }
  } catch (error) {
    if (error instanceof OutboundError) throw error;
    if (deadline.aborted)
      throw new OutboundError(
        "timeout",
        `${origin} did not answer within ${String(bounds.timeoutMilliseconds)} ms`,
      );
    throw new OutboundError("unreachable", `${origin} cannot be reached`, { cause: error });
  }
}

/** A process that is busy learns late that the server has closed a connection that lay idle, and asks on it. */
async function ask(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: unknown } };
    if ((init.method ?? "GET") !== "GET" || !endedConnection.has(String(cause?.code))) throw error;
    return fetch(url, init);
  }
}

/** Statuses for which the Fetch standard allows a response no body. */
const bodyless = new Set([101, 103, 204, 205, 304]);

async function readWithin(response: Response, maxBytes: number): Promise<Response> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  if (response.body !== null) {
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.byteLength;
      if (total > maxBytes) {
        await reader.cancel();
        throw new OutboundError(
          "too_large",
          `${new URL(response.url).origin} sent more than ${String(maxBytes)} bytes`,
        );
      }
      chunks.push(value);
    }
  }
  const headers = new Headers(response.headers);
  // The body is decoded already; these two describe it as it came over the wire.
  headers.delete("content-encoding");
  headers.delete("content-length");
  const body = bodyless.has(response.status) ? null : Buffer.concat(chunks);
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}
