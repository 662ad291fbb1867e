import { readFileSync } from "node:fs";
import { join } from "node:path";

type Line = readonly [key: string, entry: { readonly value: unknown } | null];

/** The refresh tokens that the development provider has given to somebody, and those that it has withdrawn. */
export function refreshTokensOf(
  providerState: string,
  username: string,
): { readonly issued: readonly string[]; readonly withdrawn: readonly string[] } {
  const lines = readJournal(providerState);
  const account = accountOf(lines, username);
  const issued = new Set<string>();
  const withdrawn = new Set<string>();
  for (const [key, entry] of lines) {
    const [model, token] = key.split(/:(.*)/s);
    if (model !== "RefreshToken" || token === undefined) continue;
    if (entry === null && issued.has(token)) withdrawn.add(token);
    if ((entry?.value as { accountId?: string } | undefined)?.accountId === account) issued.add(token);
  }
  return { issued: [...issued], withdrawn: [...withdrawn] };
}

/** The subject of a demo person, or of somebody who has signed up at the provider. */
function accountOf(lines: readonly Line[], username: string): string {
  const signedUp = lines.find(
    ([key, entry]) =>
      key.startsWith("Person:") && (entry?.value as { username?: string } | undefined)?.username === username,
  );
  return signedUp === undefined ? `demo|${username}` : signedUp[0].slice("Person:".length);
}

/** Every change that the provider has made and kept, in order. */
function readJournal(providerState: string): readonly Line[] {
  const text = readFileSync(join(providerState, "journal.ndjson"), "utf8");
  // What follows the last newline is being written.
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}
