import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/** How a peer answers a request, when not as it should. */
export type Answer =
  /** Takes the request and says nothing, ever. */
  | "hang"
  /** Begins an answer and never ends it. */
  | "stall"
  /** A byte now and then, for ever. */
  | "drip"
  /** Closes the connection without a byte. */
  | "close"
  /** Half of an answer, and the end of the connection. */
  | "truncated"
  | "server_error"
  | "html"
  | "garbage"
  | "empty"
  /** 64 MB of JSON. */
  | "huge"
  /** 64 MB of JSON in 64 kB of gzip. */
  | "bomb"
  /** More headers than anybody reads. */
  | "many_headers"
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

const hugeBytes = 64 * 1024 * 1024;

/** Sends `answer`; resolves with the bytes of the body that the other side took. */
export async function send(response: ServerResponse, answer: Answer): Promise<number> {
  switch (answer) {
    case "hang":
      return 0;
    case "stall":
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"a":');
      return 5;
    case "drip":
      return drip(response);
    case "close":
      response.destroy();
      return 0;
    case "truncated":
      response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
      response.write('{"access_token":"half of an ans', () => response.destroy());
      return 31;
    case "server_error":
      return end(response, 500, "application/json", '{"error":"server_error"}');
    case "html":
      return end(response, 200, "text/html", "<!doctype html><title>Maintenance</title><h1>Back soon</h1>");
    case "garbage":
      return end(response, 200, "application/json", '{"issuer": "half of an ans');
    case "empty":
      return end(response, 200, "application/json", "");
    case "huge":
      return sendHuge(response);
    case "bomb":
      return end(response, 200, "application/json", bomb(), { "content-encoding": "gzip" });
    case "many_headers":
      return end(response, 200, "application/json", "{}", manyHeaders);
    default: {
      const { status = 200, headers = {}, body } = answer;
      const raw = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      return end(response, status, "application/json", raw, headers);
    }
  }
}

/** The body of a request, as text. Peers are asked little, so the whole of it is read. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function end(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): number {
  response.writeHead(status, { "content-type": type, ...headers }).end(body);
  return Buffer.byteLength(body);
}

function drip(response: ServerResponse): number {
  response.writeHead(200, { "content-type": "application/json" });
  response.write("{");
  const timer = setInterval(() => response.write(" "), 200);
  response.once("close", () => {
    clearInterval(timer);
  });
  return 1;
}

let packed: Buffer | undefined;

function bomb(): Buffer {
  return (packed ??= gzipSync(`${" ".repeat(hugeBytes)}{}`));
}

const manyHeaders = Object.fromEntries(
  Array.from({ length: 100 }, (_, index) => [`x-filler-${String(index)}`, "x".repeat(1_000)]),
);

async function sendHuge(response: ServerResponse): Promise<number> {
  const chunk = Buffer.alloc(64 * 1024, " ");
  let sent = 0;
  response.writeHead(200, { "content-type": "application/json" });
  while (sent < hugeBytes && !response.destroyed) {
    sent += chunk.length;
    if (!response.write(chunk)) await writable(response);
  }
  response.end("{}");
  return sent;
}

function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.once("drain", done).once("close", done);
  });
}
