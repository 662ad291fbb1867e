import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { linkIdentity } from "../link-identity";
import { offerIdentity } from "../offer-identity";
import { database } from "@/db/client";
import { accounts, credentials, providerTokens } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { signInWithOidc } from "@/lib/domain/identity/sign-in-with-oidc";
import { findProviderConfig } from "@/lib/domain/oidc/provider-config";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import { findSession } from "@/lib/domain/sessions/find-session";
import { contextOf, localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";

export const tokens = {
  accessToken: "access-in-the-open",
  refreshToken: "refresh-in-the-open",
  expiresInSeconds: 300,
};

export function identity(
  person: Partial<VerifiedIdentity["person"]> = {},
  subject: string = randomUUID(),
): VerifiedIdentity {
  const provider = findProviderConfig("oidc");
  if (provider === null) throw new Error("no provider");
  const full = { name: "P", nickname: null, email: null, emailVerified: false, picture: null, ...person };
  return {
    ...{
      provider,
      issuer: provider.issuer,
      subject,
      person: full,
      providerSessionId: null,
      acr: null,
      amr: null,
    },
    claims: { sub: subject, email: full.email },
    confirmedAt: new Date(),
  };
}

export async function withPassword(): Promise<PersonContext> {
  const ctx = await localPerson();
  await database()
    .insert(credentials)
    .values({ userId: ctx.actor.viewer.userId, passwordHash: "$argon2id$x" });
  return ctx;
}

/** Somebody who signs in with this identity, new or not. */
export async function signedInWith(who: VerifiedIdentity): Promise<PersonContext> {
  const result = await signInWithOidc(visitorContext(), { identity: who, tokens, previousToken: null });
  if (!result.ok) throw new Error(result.error.code);
  const found = await findSession(result.value.token);
  if (found === null) throw new Error("the session is not live");
  return contextOf(found.viewer);
}

export async function connect(ctx: PersonContext, who = identity()): Promise<string> {
  const offered = await offerIdentity(ctx, { identity: who, tokens });
  if (!offered.ok) throw new Error(offered.error);
  const linked = await linkIdentity(ctx, { token: offered.value });
  if (!linked.ok) throw new Error(linked.error);
  const [row] = await database().select().from(accounts).where(eq(accounts.subject, who.subject));
  return row?.id ?? "";
}

export const userId = ({ actor }: PersonContext) => actor.viewer.userId;
export const identitiesOf = (ctx: PersonContext) =>
  database()
    .select()
    .from(accounts)
    .where(eq(accounts.userId, userId(ctx)));
export const tokensOf = (ctx: PersonContext) =>
  database()
    .select()
    .from(providerTokens)
    .where(eq(providerTokens.userId, userId(ctx)));

export function stalePerson(ctx: PersonContext): PersonContext {
  const confirmedAt = new Date(Date.now() - 601_000);
  return { ...ctx, actor: { kind: "person", viewer: { ...ctx.actor.viewer, confirmedAt } } };
}
