/**
 * True when a browser says that a page of `origin` sent this request (ASVS 3.5.1). Without an `Origin` header, fetch
 * metadata decides; without either the request is refused.
 */
export function isSameOrigin(headers: Headers, origin: string): boolean {
  const sent = headers.get("origin");
  return sent === null ? headers.get("sec-fetch-site") === "same-origin" : sent === origin;
}
