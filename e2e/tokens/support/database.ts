import { createHash } from "node:crypto";
import type { Rows } from "../../attacks/support/rows";
import type { Visitor } from "../../attacks/support/visitor";

/** The row of a grant, as far as tests look at it. */
export interface GrantRow {
  readonly id: string;
  readonly lifetime_seconds: number | null;
  readonly refresh_failures: number;
  readonly ended_reason: string | null;
  readonly access_token_sealed: string | null;
  readonly refresh_token_sealed: string | null;
}

/** Lets the access token of a visitor's session end in so many seconds, or that long ago. */
export async function setRemaining({ sql }: Rows, visitor: Visitor, seconds: number): Promise<void> {
  await sql`
    update provider_tokens set expires_at = now() + make_interval(secs => ${seconds}),
      obtained_at = obtained_at - interval '5 minutes', refreshed_at = refreshed_at - interval '5 minutes',
      retry_after = null
    where session_id in (select id from sessions where token_digest = ${digest(visitor)})`;
}

/** The grant of a visitor's session. */
export async function grantOf({ sql }: Rows, visitor: Visitor): Promise<GrantRow> {
  const [row] = await sql<GrantRow[]>`
    select t.* from provider_tokens t join sessions s on s.id = t.session_id
    where s.token_digest = ${digest(visitor)}`;
  return row!;
}

/** The session's token is the part of the cookie before the dot; the table keeps its SHA-256. */
function digest(visitor: Visitor): Buffer {
  const [token = ""] = (visitor.sessionCookie ?? "").split(".");
  return createHash("sha256").update(token).digest();
}
