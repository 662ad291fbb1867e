import "server-only";

/** What a form without files may have at most. */
export const maxFormBytes = 16_384;

/** The fields of a form; a field given twice, or of the other kind, reads as missing. */
export interface FormFields {
  (name: string): string | null;
  readonly file: (name: string) => File | null;
}

/**
 * The form that a request carries, or null when it carries none, one of more than `maxBytes`, or one that is malformed.
 */
export async function readForm(request: Request, maxBytes = maxFormBytes): Promise<FormFields | null> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return null;
  const body = await readBody(request, maxBytes);
  if (body === null) return null;
  const data = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  if (data === null) return null;
  const only = (name: string) => {
    const [value, ...more] = data.getAll(name);
    return value === undefined || more.length > 0 ? null : value;
  };
  const text = (name: string) => {
    const value = only(name);
    return typeof value === "string" ? value : null;
  };
  const file = (name: string) => {
    const value = only(name);
    return value instanceof File ? value : null;
  };
  return Object.assign(text, { file });
}

/** The body, or null when it is too large. Its length need not be announced, since proxies may send it in chunks. */
async function readBody(request: Request, maxBytes: number): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of request.body ?? []) {
    total += (chunk as Uint8Array).byteLength;
    if (total > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
