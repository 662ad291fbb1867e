import type { Answered } from "./visitor";

/**
 * Everything about an answer that could tell two people apart, without what differs for everybody.
 * @param own words of the person, which stand in their own answer
 */
export function comparable({ status, location, headers, text }: Answered, ...own: readonly string[]) {
  const differs = ["x-request-id", "content-security-policy", "date", "set-cookie", "etag", "keep-alive"];
  const shown = [...headers]
    .filter(([name]) => !differs.includes(name))
    .map(([name, value]) => [name, value.replace(/nonce="[^"]*"/g, "")]);
  const bare = own.reduce((rest, word) => rest.replaceAll(word, "…"), text);
  return { status, location, headers: shown, length: bare.replace(/nonce="[^"]*"/g, "").length };
}
