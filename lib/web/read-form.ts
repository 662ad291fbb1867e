import "server-only";

const maxFormBytes = 16_384;

/** The fields of a form; a field given twice, or a file, reads as missing. */
export type FormFields = (name: string) => string | null;

/** The form that a request carries, or null when it carries none, one that is too large, or one that is malformed. */
export async function readForm(request: Request): Promise<FormFields | null> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return null;
  const body = await readBody(request);
  if (body === null) return null;
  const data = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  if (data === null) return null;
  return (name) => {
    const [value, ...more] = data.getAll(name);
    return typeof value === "string" && more.length === 0 ? value : null;
  };
}

/** The body, or null when it is too large. Its length need not be announced, since proxies may send it in chunks. */
async function readBody(request: Request): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxFormBytes) return null;
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of request.body ?? []) {
    total += (chunk as Uint8Array).byteLength;
    if (total > maxFormBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
