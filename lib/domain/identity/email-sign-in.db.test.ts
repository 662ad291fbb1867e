import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { visitorContext } from "@/lib/domain/tokens/testing/people";
import { randomToken } from "@/lib/platform/crypto/token";
import { checkEmailProof, previewEmailSignIn, type EmailProof } from "./check-email-proof";
import { requestEmailSignIn } from "./request-email-sign-in";
import { requestPasswordReset } from "./request-password-reset";
import { resetPassword } from "./reset-password";
import { signInWithEmail } from "./sign-in-with-email";
import { personWith, tokenIn, waitingMail } from "./testing/mailed";

const ctx = visitorContext();

const provedPerson = () => personWith({ proved: true, password: "the password of before" });

/** Both halves of a new mail to an address. */
async function mailed(email: string): Promise<{ readonly code: EmailProof; readonly link: EmailProof }> {
  const browserToken = randomToken();
  const asked = await requestEmailSignIn(ctx, { email, browserToken });
  if (!asked.ok) throw new Error(asked.error);
  const text = await waitingMail(email, "sign_in");
  const code =
    /^ +(\d{3}) (\d{3})$/m
      .exec(text ?? "")
      ?.slice(1)
      .join("") ?? "";
  return {
    code: { kind: "code", id: asked.value.proofId, code, browserToken },
    link: { kind: "link", token: tokenIn(text) },
  };
}

async function signIn(proof: EmailProof) {
  const checked = await checkEmailProof(ctx, proof);
  return checked.ok ? signInWithEmail(ctx, { proved: checked.value, previousToken: null }) : checked;
}

describe("a sign-in by mail", () => {
  it.each(["code", "link"] as const)("by the %s opens one session, and ends the other half", async (half) => {
    const { userId, email, username } = await provedPerson();
    const proofs = await mailed(email.toUpperCase());
    if (proofs.link.kind === "link")
      expect(await previewEmailSignIn(ctx, { token: proofs.link.token })).toEqual({ username });
    expect((await signIn(proofs[half])).ok).toBe(true);
    for (const proof of Object.values(proofs))
      expect(await signIn(proof)).toEqual({ ok: false, error: "link_spent" });
    const opened = await database().select().from(sessions).where(eq(sessions.userId, userId));
    expect(opened.map(({ method }) => method)).toEqual(["email"]);
  });

  it("by one link from twenty browsers at once opens one session", async () => {
    const { userId, email } = await provedPerson();
    const { link } = await mailed(email);
    const ends = await Promise.all(Array.from({ length: 20 }, () => signIn(link)));
    expect(ends.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await database().select().from(sessions).where(eq(sessions.userId, userId))).toHaveLength(1);
  });

  it("that is under way while the password is reset opens nothing", async () => {
    const { email } = await provedPerson();
    const { code } = await mailed(email);
    const checked = await checkEmailProof(ctx, code);
    await requestPasswordReset(ctx, { email });
    const token = tokenIn(await waitingMail(email, "reset_password"));
    expect((await resetPassword(ctx, { token, password: "the password from now on" })).ok).toBe(true);
    if (!checked.ok) throw new Error("the code was right");
    expect(await signInWithEmail(ctx, { proved: checked.value, previousToken: null })).toEqual({
      ok: false,
      error: "link_spent",
    });
  });

  it.each([
    ["has another address", { email: "elsewhere@example.org" }],
    ["has an address that is no longer proved", { emailVerified: null }],
  ] as const)("of somebody who %s by now opens nothing", async (_, change) => {
    const { userId, email } = await provedPerson();
    const { code, link } = await mailed(email);
    await database().update(users).set(change).where(eq(users.id, userId));
    for (const proof of [code, link]) expect(await signIn(proof)).toEqual({ ok: false, error: "link_spent" });
    expect(await database().select().from(sessions).where(eq(sessions.userId, userId))).toEqual([]);
    await database().delete(users).where(eq(users.id, userId));
  });

  it("is not for an address that is a claim, nor for one that nobody has", async () => {
    const claim = await personWith({ proved: false, password: "the password of before" });
    for (const email of [claim.email, `nobody-${claim.email}`]) {
      const answers: string[] = [];
      for (let n = 0; n < 6; n += 1) {
        const asked = await requestEmailSignIn(ctx, { email, browserToken: randomToken() });
        answers.push(asked.ok ? "queued" : asked.error);
      }
      expect(answers).toEqual([...Array<string>(5).fill("queued"), "capped"]);
      expect(await waitingMail(email, "sign_in")).toBeNull();
    }
  });
});
