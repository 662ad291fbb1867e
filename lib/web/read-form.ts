import "server-only";

const maxFormBytes = 16_384;

/** The fields of a form; a field given twice, or a file, reads as missing. */
export type FormFields = (name: string) => string | null;

/** The form that a request carries, or null when it carries none or one that is too large. */
export async function readForm(request: Request): Promise<FormFields | null> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type)) return null;
  if (Number(request.headers.get("content-length") ?? Number.POSITIVE_INFINITY) > maxFormBytes) return null;
  const data = await request.formData();
  return (name) => {
    const [value, ...more] = data.getAll(name);
    return typeof value === "string" && more.length === 0 ? value : null;
  };
}
