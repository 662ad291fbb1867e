import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { linkIdentity } from "./link-identity";
import { offerAfterLogout } from "./offer-after-logout";
import { identitiesOf, identity, signedInWith, tokens } from "./testing/people";
import { database } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { visitorContext } from "@/lib/domain/tokens/testing/people";
import { signInWithOidc } from "@/lib/domain/identity/sign-in-with-oidc";
import { findSession } from "@/lib/domain/sessions/find-session";

type Change = Partial<typeof sessions.$inferInsert>;

/** Somebody with a session of the provider's, which ended so. */
async function endedSession(change: Change = { revokedReason: "ended_by_provider" }) {
  const who = identity();
  const signedIn = await signInWithOidc(visitorContext(), { identity: who, tokens, previousToken: null });
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  const { token } = signedIn.value;
  const viewer = (await findSession(token))?.viewer;
  if (viewer === undefined) throw new Error("the session is not live");
  const { sessionId } = viewer;
  await database()
    .update(sessions)
    .set({ revokedAt: new Date(), ...change })
    .where(eq(sessions.id, sessionId));
  return { who, token, sessionId, userId: viewer.userId };
}

const ended = { ok: false, error: "session_ended" };

describe("an identity that a session asked for, which its provider has ended meanwhile", () => {
  it("waits for the person of that session, who logs in again and confirms", async () => {
    const { who, token, sessionId } = await endedSession();
    const second = identity();
    const offered = await offerAfterLogout(visitorContext(), { identity: second, tokens, token, sessionId });
    if (!offered.ok) throw new Error(offered.error);
    const stranger = await signedInWith(identity());
    expect(await linkIdentity(stranger, { token: offered.value })).toMatchObject({ ok: false });
    const again = await signedInWith(who);
    expect(await linkIdentity(again, { token: offered.value })).toMatchObject({ ok: true });
    expect((await identitiesOf(again)).map(({ subject }) => subject).sort()).toEqual(
      [who.subject, second.subject].sort(),
    );
  });

  it("of somebody else stays theirs", async () => {
    const { token, sessionId } = await endedSession();
    const taken = identity();
    const owner = await signedInWith(taken);
    expect(await offerAfterLogout(visitorContext(), { identity: taken, tokens, token, sessionId })).toEqual({
      ok: false,
      error: "identity_taken",
    });
    expect(await identitiesOf(owner)).toHaveLength(1);
  });

  it.each<[string, Change]>([
    ["by the person", { revokedReason: "ended_by_person" }],
    ["by an administrator", { revokedReason: "suspended" }],
    ["by another provider", { revokedReason: "ended_by_provider", issuer: "https://other.example" }],
    ["by its age as well", { revokedReason: "ended_by_provider", expiresAt: new Date() }],
  ])("does not wait when it was ended %s", async (_, change) => {
    const { token, sessionId } = await endedSession(change);
    const input = { identity: identity(), tokens, token, sessionId };
    expect(await offerAfterLogout(visitorContext(), input)).toEqual(ended);
  });

  it("does not wait for another browser, another session or somebody suspended", async () => {
    const [one, other] = [await endedSession(), await endedSession()];
    const offer = (token: string | null, sessionId: string) =>
      offerAfterLogout(visitorContext(), { identity: identity(), tokens, token, sessionId });
    expect(await offer(null, one.sessionId)).toEqual(ended);
    expect(await offer(other.token, one.sessionId)).toEqual(ended);
    await database()
      .update(users)
      .set({ status: "suspended", suspendedAt: new Date() })
      .where(eq(users.id, one.userId));
    expect(await offer(one.token, one.sessionId)).toEqual(ended);
  });
});
