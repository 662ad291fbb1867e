import "server-only";
import { eq, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import {
  accounts,
  auditEvents,
  credentials,
  mailOutbox,
  oneTimeProofs,
  pendingIdentities,
  providerTokens,
  sessions,
  userPictures,
  userRoles,
  users,
  bulkJobPeople,
  bulkJobs,
} from "@/db/schema";

export interface Owner {
  readonly userId: string;
  /** Proved. */
  readonly email: string | null;
}

/** Which rows of a table are about a person, and what of them they get. Every column is in one of the two lists. */
export interface PersonTable {
  readonly table: PgTable;
  readonly rowsOf: (owner: Owner) => SQL | undefined;
  readonly give: readonly PgColumn[];
  /** Secrets, digests of secrets, and what only the application understands. */
  readonly withhold: readonly PgColumn[];
}

/** Columns of a table by name, the ones to withhold named; what is added later must be put into one of the lists. */
function about(
  table: PgTable,
  rowsOf: PersonTable["rowsOf"],
  give: readonly PgColumn[],
  withhold: readonly PgColumn[] = [],
): PersonTable {
  return { table, rowsOf, give, withhold };
}

/** Every table that holds something about a person, by the name it has in their data. */
export const personTables = {
  person: about(
    users,
    ({ userId }) => eq(users.id, userId),
    [
      ...[users.id, users.username, users.name, users.email, users.emailVerified, users.image, users.status],
      ...[users.ownName, users.ownImage, users.deletionDueAt, users.createdAt, users.updatedAt],
      ...[users.suspendedAt, users.suspendedUntil, users.suspensionReason, users.lastSeenAt],
    ],
    // Copies, for the search.
    [users.hasIdentity, users.unprovedIdentity],
  ),
  roles: about(
    userRoles,
    ({ userId }) => eq(userRoles.userId, userId),
    [userRoles.role, userRoles.source, userRoles.createdAt],
    [userRoles.userId, userRoles.grantedBy],
  ),
  password: about(
    credentials,
    ({ userId }) => eq(credentials.userId, userId),
    [credentials.changedAt],
    [credentials.userId, credentials.passwordHash],
  ),
  identities: about(
    accounts,
    ({ userId }) => eq(accounts.userId, userId),
    [
      ...[accounts.provider, accounts.issuer, accounts.subject, accounts.claims],
      ...[accounts.createdAt, accounts.lastSignedInAt],
    ],
    [accounts.id, accounts.userId],
  ),
  /** Waiting for the person to say that they are theirs; until then what they say may be about somebody else. */
  identitiesToConfirm: about(
    pendingIdentities,
    ({ userId }) => eq(pendingIdentities.userId, userId),
    [
      ...[pendingIdentities.provider, pendingIdentities.issuer],
      ...[pendingIdentities.createdAt, pendingIdentities.expiresAt],
    ],
    [
      ...[pendingIdentities.id, pendingIdentities.userId, pendingIdentities.tokenDigest],
      ...[pendingIdentities.subject, pendingIdentities.claims, pendingIdentities.tokensSealed],
    ],
  ),
  /** What administrators did to them among many others; the audit log has it too. */
  bulkChanges: about(
    bulkJobPeople,
    ({ userId }) => eq(bulkJobPeople.userId, userId),
    [bulkJobPeople.outcome, bulkJobPeople.at],
    [bulkJobPeople.jobId, bulkJobPeople.userId],
  ),
  bulkOrders: about(
    bulkJobs,
    ({ userId }) => eq(bulkJobs.actorId, userId),
    [
      ...[bulkJobs.kind, bulkJobs.role, bulkJobs.reason, bulkJobs.suspendedUntil, bulkJobs.total],
      ...[bulkJobs.createdAt, bulkJobs.finishedAt, bulkJobs.stopped, bulkJobs.address],
    ],
    [bulkJobs.id, bulkJobs.actorId, bulkJobs.sessionId, bulkJobs.requestId, bulkJobs.leaseUntil],
  ),
  picture: about(
    userPictures,
    ({ userId }) => eq(userPictures.userId, userId),
    [userPictures.content, userPictures.createdAt],
    [userPictures.id, userPictures.userId],
  ),
  sessions: about(
    sessions,
    ({ userId }) => eq(sessions.userId, userId),
    [
      ...[sessions.id, sessions.method, sessions.provider, sessions.issuer, sessions.subject],
      ...[sessions.acr, sessions.amr, sessions.userAgent, sessions.address, sessions.authenticatedAt],
      ...[sessions.confirmedAt, sessions.createdAt, sessions.lastSeenAt, sessions.expiresAt],
      ...[sessions.revokedAt, sessions.revokedReason],
    ],
    [sessions.tokenDigest, sessions.userId, sessions.providerSessionId, sessions.idleTimeoutSeconds],
  ),
  apiAccess: about(
    providerTokens,
    ({ userId }) => eq(providerTokens.userId, userId),
    [
      ...[providerTokens.sessionId, providerTokens.provider, providerTokens.issuer, providerTokens.subject],
      ...[providerTokens.scope, providerTokens.expiresAt, providerTokens.obtainedAt],
      ...[providerTokens.refreshedAt, providerTokens.endedAt, providerTokens.endedReason],
    ],
    [
      ...[providerTokens.id, providerTokens.userId, providerTokens.accessTokenSealed],
      ...[providerTokens.refreshTokenSealed, providerTokens.idTokenSealed, providerTokens.lifetimeSeconds],
      ...[providerTokens.refreshFailures, providerTokens.retryAfter],
    ],
  ),
  proofs: about(
    oneTimeProofs,
    ({ userId }) => eq(oneTimeProofs.userId, userId),
    [
      ...[oneTimeProofs.purpose, oneTimeProofs.email, oneTimeProofs.attempts],
      ...[oneTimeProofs.createdAt, oneTimeProofs.expiresAt, oneTimeProofs.consumedAt],
    ],
    [
      ...[oneTimeProofs.id, oneTimeProofs.holder, oneTimeProofs.userId, oneTimeProofs.secretDigest],
      ...[oneTimeProofs.browserDigest, oneTimeProofs.maxAttempts],
    ],
  ),
  mails: about(
    mailOutbox,
    ({ email }) =>
      email === null ? sql`false` : eq(sql`lower(${mailOutbox.recipient})`, email.toLowerCase()),
    [mailOutbox.recipient, mailOutbox.kind, mailOutbox.createdAt, mailOutbox.deliveredAt],
    [
      ...[mailOutbox.id, mailOutbox.contentSealed, mailOutbox.usefulUntil, mailOutbox.attempts],
      ...[mailOutbox.nextAttemptAt, mailOutbox.maybeSent, mailOutbox.gaveUpAt, mailOutbox.gaveUpReason],
    ],
  ),
  activity: about(
    auditEvents,
    ({ userId }) => or(eq(auditEvents.subjectId, userId), eq(auditEvents.actorId, userId)),
    [
      ...[auditEvents.at, auditEvents.event, auditEvents.sessionId, auditEvents.requestId],
      ...[auditEvents.address, auditEvents.details],
    ],
    [auditEvents.id, auditEvents.actorId, auditEvents.actorName, auditEvents.subjectId],
  ),
} as const satisfies Record<string, PersonTable>;
