import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const domain = path.join(import.meta.dirname, "..");
const sources = new Map(
  readdirSync(domain, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => [file, readFileSync(path.join(domain, file), "utf8")]),
);

/** Through Drizzle, which takes the name of a table; a hash and a map are updated and deleted from otherwise. */
const writes =
  /\b(db|tx|database)(\(\))?\s*\.(insert|update|delete)\(|\b(insert into|delete from|update \w+(\s\w+)?\s+set)\b/;

/** What writes and says nothing itself, and why that is right. Its callers are verbs that do. */
const silent: Readonly<Record<string, string>> = {
  "audit/prune-events.ts": "says so once, for all batches",
  "audit/record-event.ts": "is the record",
  "audit/seal-events.ts": "links the record",
  "figures/add-figures.ts": "figures, of nobody",
  "figures/count-sessions.ts": "figures, of nobody",
  "figures/roll-up-events.ts": "figures, of nobody",
  "figures/sweep-figures.ts": "figures, of nobody",
  "bulk/work-bulk-jobs.ts":
    "notes what came of verbs that record it, and deletes what ended and was recorded then",
  "housekeeping/sweep-sessions.ts": "deletes what ended and was recorded then",
  "housekeeping/task-runs.ts": "a time of day, of nobody",
  "identity/renew-hash.ts": "the same password in another form",
  "issuer/rotate-signing-keys.ts": "a key of the application, of nobody",
  "linking/drop-claimed-roles.ts": "is part of the disconnection",
  "linking/hold-identity.ts": "an offer that nobody has taken up",
  "linking/take-pending-identity.ts": "is part of the connection",
  "mail/deliver-mail.ts": "the outbox, which no person writes to",
  "mail/queue-mail.ts": "is part of the change that it tells of",
  "sessions/end-provider-sessions.ts": "ends sessions by the verb that records it; remembers the token's id",
  "sessions/replace-session-token.ts": "is part of the renewal",
  "sessions/note-seen.ts": "notes use",
  "sessions/touch-session.ts": "notes use",
  "tokens/release-grants.ts": "is part of the end of a session",
  "tokens/reseal-tokens.ts": "the same secrets under another key",
  "tokens/save-refresh.ts": "a renewal, which changes nothing that a person may do",
  "tokens/store-grant.ts": "is part of the sign-in",
  "verification/issue-proof.ts": "is part of the request that it answers",
  "verification/use-proof.ts": "is part of what the proof is used for",
};

describe("every verb that writes (ASVS 16.3.1, 16.3.3)", () => {
  const writing = [...sources].filter(([, source]) => writes.test(source)).map(([file]) => file);

  it("is found", () => {
    expect(writing).toEqual(expect.arrayContaining(["access/grant-role.ts", "profile/change-name.ts"]));
  });

  it.each(writing.filter((file) => !Object.hasOwn(silent, file)))("%s records what it did", (file) => {
    expect(sources.get(file)).toMatch(/\bawait recordEvent\(/);
  });

  it("and the list of those that need not has no other", () => {
    expect(Object.keys(silent).filter((file) => !writing.includes(file))).toEqual([]);
  });
});
