import { isStorableText } from "./storable-text";

const shape = /^[^\s@"<>(),;:\\[\]]+@[^\s@"<>(),;:\\[\]]+\.[^\s@"<>(),;:\\[\].]+$/u;

/**
 * The address as it is kept and compared, or null when it is none: trimmed, in one Unicode form, the domain in lower
 * case, at most 254 characters, and without the characters that could end a mail header.
 */
export function normalizeEmail(input: string): string | null {
  const trimmed = input.trim().normalize("NFC");
  if (trimmed.length > 254 || !shape.test(trimmed) || !isStorableText(trimmed)) return null;
  const at = trimmed.lastIndexOf("@");
  return trimmed.slice(0, at) + trimmed.slice(at).toLowerCase();
}
