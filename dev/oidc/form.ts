import type { IncomingMessage } from "node:http";

const limitBytes = 16_384;

/** Reads a submitted form. Throws when it is larger than 16 KB. */
export async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes)
      throw Object.assign(new Error("The form is too large."), { status: 413, expose: true });
    chunks.push(chunk);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString("utf8")));
}
