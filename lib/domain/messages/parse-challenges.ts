import "server-only";

/** One challenge of a WWW-Authenticate header. Scheme and parameter names are in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const quoted = '"(?:[^"\\\\]|\\\\.)*"';
/** A parameter, or a scheme with the token68 that may follow it, or the commas and spaces between them. */
const part = new RegExp(
  `\\s*(?:,|(?<name>${token})\\s*=\\s*(?<value>${quoted}|${token})(?=\\s*(?:,|$))|(?<scheme>${token})(?:\\s+[A-Za-z0-9._~+/-]+=*(?=\\s*(?:,|$)))?(?=\\s|,|$))`,
  "y",
);

/**
 * The challenges of a WWW-Authenticate header, in its order (RFC 9110 section 11.6.1). Reading stops at the first thing
 * that is no challenge; what came before it counts. Of a repeated parameter the first counts.
 */
export function parseChallenges(header: string | null): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  const text = (header ?? "").slice(0, 4_096);
  part.lastIndex = 0;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    const { name, value, scheme } = match.groups ?? {};
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    if (name === undefined || value === undefined) continue;
    const parameters = challenges.at(-1)?.parameters;
    if (parameters === undefined) break;
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), unquote(value));
  }
  return challenges;
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/gs, "$1") : value;
}
