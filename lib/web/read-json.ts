import "server-only";
import { apiFailure } from "./api-answer";
import { failure, success, type Result } from "@/lib/shared/result";

const maxBodyBytes = 16_384;

/** The JSON object that a request carries, or the answer that refuses it: 400, 413 or 415. */
export async function readJson(request: Request): Promise<Result<Record<string, unknown>, Response>> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
    return failure(apiFailure("unsupported_media_type", "Send JSON: Content-Type: application/json."));
  const text = await readText(request);
  if (text === null)
    return failure(apiFailure("body_too_large", `Send at most ${String(maxBodyBytes)} bytes.`));
  const body = parse(text);
  return isObject(body)
    ? success(body)
    : failure(apiFailure("invalid_request", "The body is not a JSON object."));
}

/** The body as text; null when it is too large, told or not. */
async function readText({ body }: Request): Promise<string | null> {
  if (body === null) return "";
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > maxBodyBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
