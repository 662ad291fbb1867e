import "server-only";
import type { ParameterOrJSON } from "postgres";
import { sql } from "@/db/client";
import { permissionsOf } from "@/lib/domain/access/role-permissions";
import { roleSources } from "@/lib/domain/access/role-sources";
import { providerName } from "@/lib/domain/oidc/provider-config";
import { inGroups } from "@/lib/platform/in-groups";
import { withDeadline } from "@/lib/platform/deadline";
import { tokenDigest } from "@/lib/platform/crypto/token";
import { pictureAddress } from "@/lib/routes-pictures";
import type { SignInMethod, Viewer } from "@/lib/shared/views";
import { shownName } from "@/lib/shared/shown-name";

/** Times arrive as text: Drizzle turns off the driver's date parsing for the whole pool. */
interface SessionRow {
  readonly token_digest: Buffer;
  readonly session_id: string;
  readonly user_id: string;
  readonly method: SignInMethod;
  readonly provider: string | null;
  readonly authenticated_at: string;
  readonly confirmed_at: string | null;
  readonly expires_at: string;
  readonly last_seen_at: string;
  readonly idle_timeout_seconds: number;
  readonly username: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly email_verified: boolean;
  readonly image: string | null;
  readonly created_at: string;
  /** What each role may do by the table of roles. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly claims?: Record<string, unknown> | null;
}

/** A database that swallows questions is as good as none: the driver itself would wait for ever. */
const answerWithinMilliseconds = 5_000;

/** The identity that a session was opened with. */
export interface SessionIdentity {
  /** The latest merged claims; null for a local account. */
  readonly claims: Readonly<Record<string, unknown>> | null;
}

export interface FoundSession {
  readonly viewer: Viewer;
  readonly lastSeenAt: Date;
  readonly idleTimeoutSeconds: number;
  /** Null where it was not asked for. */
  readonly identity: SessionIdentity | null;
}

interface Asked {
  readonly digest: Buffer;
  readonly withIdentity: boolean;
}

/**
 * The live session with this token and the person it belongs to, or null: unknown, revoked, idle too long, too old, or
 * the person is suspended. It asks the table every time, so an ended session and a changed role count on the next
 * request; requests that come together ask by one statement.
 * @param withIdentity asks for the claims too, in the same statement; they can be large, so most pages go without.
 */
export function findSession(token: string, { withIdentity = false } = {}): Promise<FoundSession | null> {
  return findByDigest({ digest: tokenDigest(token), withIdentity });
}

/** Like {@link findSession}, for a caller that has proved the session's id: the bearer of an access token of ours. */
export async function findSessionById(id: string): Promise<FoundSession | null> {
  const [row] = await liveSessions(questions.byId, id);
  return row === undefined ? null : toFound(row, false);
}

/** `bytea[]`: without it the driver takes an array for its first element. */
const byteaArray = 1001;

const findByDigest = inGroups(async (asked: readonly Asked[]) => {
  const digests = asked.map(({ digest }) => digest);
  const withIdentity = asked.some((each) => each.withIdentity);
  const rows = await liveSessions(
    withIdentity ? questions.byDigestWithIdentity : questions.byDigest,
    sql().array(digests, byteaArray),
  );
  return asked.map((each) => {
    const row = rows.find(({ token_digest }) => token_digest.equals(each.digest));
    return row === undefined ? null : toFound(row, each.withIdentity);
  });
});

/** Whole texts: this is asked on every request, and the driver puts a tagged one together each time. */
const questions = {
  byId: question("s.id = $2", false),
  // Behind a select PostgreSQL does not see how long the array is. Else it would find its kept plan, made for ten, too dear
  // for one and plan each look-up anew.
  byDigest: question("s.token_digest = any((select $2)::bytea[])", false),
  byDigestWithIdentity: question("s.token_digest = any((select $2)::bytea[])", true),
};

function question(condition: string, withIdentity: boolean): string {
  return `
    select s.token_digest, s.id as session_id, s.user_id, s.method, s.provider, s.authenticated_at, s.confirmed_at,
      s.expires_at, s.last_seen_at, s.idle_timeout_seconds,
      u.username, u.name, u.email, u.email_verified_at is not null as email_verified, u.image, u.created_at,
      (select coalesce(jsonb_object_agg(k.name, k.permissions), '{}') from user_roles r join roles k on k.name = r.role
        where r.user_id = u.id and r.source = any($1)) as roles
      ${withIdentity ? ", a.claims" : ""}
    from sessions s join users u on u.id = s.user_id
    ${withIdentity ? "left join accounts a on a.issuer = s.issuer and a.subject = s.subject" : ""}
    where ${condition}
      and s.revoked_at is null and u.status = 'active' and s.expires_at > now()
      and s.last_seen_at + make_interval(secs => s.idle_timeout_seconds) > now()`;
}

function liveSessions(text: string, which: ParameterOrJSON<never>): Promise<readonly SessionRow[]> {
  return withDeadline(
    sql().unsafe<SessionRow[]>(text, [roleSources(), which], { prepare: true }),
    answerWithinMilliseconds,
  );
}

function toFound(row: SessionRow, withIdentity: boolean): FoundSession {
  const { claims = null } = row;
  return {
    viewer: toViewer(row),
    lastSeenAt: new Date(row.last_seen_at),
    idleTimeoutSeconds: row.idle_timeout_seconds,
    identity: withIdentity ? { claims } : null,
  };
}

function toViewer(row: SessionRow): Viewer {
  return {
    userId: row.user_id,
    sessionId: row.session_id,
    displayName: shownName(row),
    name: row.name,
    username: row.username,
    email: row.email,
    emailVerified: row.email_verified,
    picture: pictureAddress(row.image),
    roles: Object.keys(row.roles).sort(),
    permissions: permissionsOf(row.roles),
    method: row.method,
    provider: row.provider === null ? null : { id: row.provider, name: providerName(row.provider) },
    authenticatedAt: new Date(row.authenticated_at),
    confirmedAt: row.confirmed_at === null ? null : new Date(row.confirmed_at),
    expiresAt: new Date(row.expires_at),
    memberSince: new Date(row.created_at),
  };
}
