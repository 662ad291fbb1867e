import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { confirmEmailChange } from "../confirm-email-change";
import { requestEmailChange } from "../request-email-change";
import { database } from "@/db/client";
import { users } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { personWith, tokenIn, waitingMail, type Made } from "@/lib/domain/identity/testing/mailed";
import { createSession } from "@/lib/domain/sessions/create-session";
import { liveContext, visitorContext } from "@/lib/domain/tokens/testing/people";

export const password = "the password of before";

/** Failed sign-ins of other tests count against their network, not this one. */
export const address = "198.51.100.72";

/** Somebody with a password and, unless told otherwise, a proved address, signed in. */
export async function member(proved = true): Promise<Made & { readonly ctx: PersonContext }> {
  const made = await personWith({ proved, password });
  return { ...made, ctx: await signedIn(made.userId) };
}

/** A new session of a person. */
export async function signedIn(userId: string): Promise<PersonContext> {
  return { ...(await liveContext((await createSession(visitorContext(), { userId })).id)), address };
}

export const freshAddress = (): string => `${randomUUID()}@example.org`;

/** Asks for an address and gives back the token that was mailed there. */
export async function asked(ctx: PersonContext, email: string): Promise<string> {
  const answer = await requestEmailChange(ctx, { email });
  if (!answer.ok) throw new Error(answer.error.code);
  return tokenIn(await waitingMail(email, "change_email"));
}

/** Changes the address to a new one, which it gives back. */
export async function changed(ctx: PersonContext, email = freshAddress()): Promise<string> {
  const confirmed = await confirmEmailChange(ctx, { token: await asked(ctx, email) });
  if (!confirmed.ok) throw new Error(confirmed.error);
  return email;
}

/** The token that undoes the change, as the address of before got it. */
export async function undoToken(email: string): Promise<string> {
  return tokenIn(await waitingMail(email, "email_changed"));
}

export async function addressOf(userId: string): Promise<{ email: string | null; proved: boolean }> {
  const [user] = await database().select().from(users).where(eq(users.id, userId));
  return { email: user?.email ?? null, proved: user?.emailVerified != null };
}
