import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { TokenEndpoint } from "./token-endpoint";
import { database } from "@/db/client";
import { providerTokens, userRoles, users } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { findProviderConfig } from "@/lib/domain/oidc/provider-config";
import { createSession } from "@/lib/domain/sessions/create-session";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { storeGrant, type GrantTokens } from "@/lib/domain/tokens/store-grant";
import type { Role } from "@/lib/shared/permissions";
import type { Viewer } from "@/lib/shared/views";

const visitor = {
  actor: { kind: "visitor" },
  requestId: "test",
  address: null,
  userAgent: null,
  now: () => new Date(),
} as const;

export function visitorContext() {
  return { ...visitor, db: database() };
}

export function contextOf(viewer: Viewer): PersonContext {
  return { ...visitorContext(), actor: { kind: "person", viewer } };
}

/** A new person with a password session. */
export async function localPerson(role: Role = "user"): Promise<PersonContext> {
  const userId = await newUser(role);
  return liveContext((await createSession(visitorContext(), { userId })).id);
}

/** A new person with a session of the test provider and a grant in it. */
export async function providerPerson(
  endpoint: TokenEndpoint,
  tokens: Partial<GrantTokens> = {},
): Promise<PersonContext> {
  const provider = findProviderConfig("oidc");
  if (provider === null) throw new Error("no provider is configured");
  const userId = await newUser("user");
  const { issuer, subject } = endpoint;
  const session = await createSession(visitorContext(), {
    userId,
    oidc: {
      provider: "oidc",
      issuer,
      subject,
      providerSessionId: null,
      acr: null,
      amr: null,
      authenticatedAt: new Date(),
      confirmedAt: new Date(),
    },
  });
  await storeGrant(visitorContext(), {
    sessionId: session.id,
    userId,
    provider,
    subject,
    tokens: {
      accessToken: `at-plainly-a-token-${randomBytes(12).toString("hex")}`,
      refreshToken: endpoint.issueRefreshToken(),
      expiresInSeconds: 300,
      ...tokens,
    },
  });
  return liveContext(session.id);
}

export async function liveContext(sessionId: string): Promise<PersonContext> {
  const found = await findSessionById(sessionId);
  if (found === null) throw new Error("the session is not live");
  return contextOf(found.viewer);
}

/** The grant of a person's session as it is kept. */
export async function grantRow({ actor }: PersonContext) {
  const [row] = await database()
    .select()
    .from(providerTokens)
    .where(eq(providerTokens.sessionId, actor.viewer.sessionId));
  if (row === undefined) throw new Error("there is no grant");
  return row;
}

/** Lets `seconds` remain of the access token; negative when it is over. Its age is that of a token in the middle of use. */
export async function setRemaining({ actor }: PersonContext, seconds: number): Promise<void> {
  await database()
    .update(providerTokens)
    .set({
      expiresAt: new Date(Date.now() + seconds * 1000),
      obtainedAt: new Date(Date.now() - 240_000),
      refreshedAt: null,
      retryAfter: null,
      refreshFailures: 0,
    })
    .where(eq(providerTokens.sessionId, actor.viewer.sessionId));
}

async function newUser(role: Role): Promise<string> {
  const username = `t${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  const [user] = await database().insert(users).values({ username }).returning({ id: users.id });
  if (user === undefined) throw new Error("the user was not returned");
  await database().insert(userRoles).values({ userId: user.id, role });
  return user.id;
}
