import { hiddenFields, signOut, signUpLocally } from "./support/forms";
import { signInAtPeer, signedInVisitor } from "./support/oidc";
import type { Stage } from "./support/stage";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor } from "./support/visitor";

async function userOf(visitor: Visitor): Promise<string | null> {
  const answer = await visitor.get("/api/me");
  return answer.status === 200 ? (JSON.parse(answer.text) as { data: { userId: string } }).data.userId : null;
}

function identitiesOf({ rows: { sql } }: Stage, userId: string): Promise<readonly unknown[]> {
  return sql`select subject from accounts where user_id = ${userId}`;
}

for (const [title, revoke] of [
  ["revoked by a sign-out", true],
  ["live", false],
] as const)
  test(
    `a stolen cookie, ${title}, does not join the thief's identity to its owner`,
    proves("note 10", "6.8.1"),
    async ({ stage, visitor: owner }) => {
      await signUpLocally(owner, stranger());
      const ownerId = (await userOf(owner)) ?? "";
      const thief = owner.copy();
      if (revoke) await signOut(owner);
      const end = await signInAtPeer(thief, stage.peer, { userinfo: { name: "The Thief" } });
      expect(end).toMatchObject({ kind: "signed-in" });
      expect(await identitiesOf(stage, ownerId)).toEqual([]);
      const thiefId = await userOf(thief);
      expect(thiefId).not.toBeNull();
      expect(thiefId).not.toBe(ownerId);
    },
  );

test(
  "a planted session cookie does not join the victim's identity to the attacker",
  proves("note 10"),
  async ({ stage, member, visitor: victim }) => {
    const attackerId = (await userOf(member)) ?? "";
    victim.cookies.set("gatehouse.session", member.sessionCookie ?? "");
    await signInAtPeer(victim, stage.peer, { userinfo: { name: "The Victim" } });
    expect(await identitiesOf(stage, attackerId)).toHaveLength(1);
    expect(await userOf(victim)).not.toBe(attackerId);
  },
);

test(
  "an identity is issuer and subject, whatever its e-mail address becomes",
  proves("6.8.1", "10.5.2"),
  async ({ stage }) => {
    const subject = stranger().username;
    const claims = (email: string) => ({ subject, idToken: { email, email_verified: true } });
    const first = await signedInVisitor(stage.url, stage.peer, claims(stranger().email));
    const again = await signedInVisitor(stage.url, stage.peer, claims(stranger().email));
    expect(await userOf(again)).toBe(await userOf(first));
    const cased = await signedInVisitor(stage.url, stage.peer, {
      ...claims(stranger().email),
      subject: subject.toUpperCase(),
    });
    expect(await userOf(cased)).not.toBe(await userOf(first));
  },
);

for (const [title, change] of [
  ["the same", (email: string) => email],
  ["the same in capitals", (email: string) => email.toUpperCase()],
  ["the same between spaces", (email: string) => `  ${email} `],
] as const)
  test(
    `${title} verified e-mail address joins nobody's account`,
    proves("6.8.1"),
    async ({ stage, visitor }) => {
      const { email } = stranger();
      const owner = await signedInVisitor(stage.url, stage.peer, {
        idToken: { email, email_verified: true },
      });
      const ownerId = (await userOf(owner)) ?? "";
      const before = await stage.rows.counts();
      const end = await signInAtPeer(visitor, stage.peer, {
        idToken: { email: change(email), email_verified: true },
      });
      expect(end).toMatchObject({ kind: "refused", code: "account_exists", status: 409 });
      if (end.kind === "refused") expect(end.page.toLowerCase()).not.toContain(email);
      expect(await stage.rows.counts()).toEqual(before);
      expect(await identitiesOf(stage, ownerId)).toHaveLength(1);
      expect(await userOf(owner)).toBe(ownerId);
    },
  );

for (const verified of [false, undefined, "false", 1, "yes", null])
  test(
    `an address with email_verified ${verified === undefined ? "missing" : JSON.stringify(verified)} neither joins nor blocks`,
    proves("6.8.1"),
    async ({ stage, visitor }) => {
      const { email } = stranger();
      const owner = await signedInVisitor(stage.url, stage.peer, {
        idToken: { email, email_verified: true },
      });
      const claims = { email, ...(verified !== undefined && { email_verified: verified }) };
      expect(await signInAtPeer(visitor, stage.peer, { idToken: claims })).toMatchObject({
        kind: "signed-in",
      });
      expect(await userOf(visitor)).not.toBe(await userOf(owner));
      const me = JSON.parse((await visitor.get("/api/me")).text) as {
        data: { email: string | null; emailVerified: boolean };
      };
      expect(me.data).toMatchObject({ email: null, emailVerified: false });
      // The address is still its owner's to claim elsewhere, and nobody's to take.
      const again = await signInAtPeer(new Visitor(stage.url), stage.peer, {
        idToken: { email, email_verified: true },
      });
      expect(again).toMatchObject({ kind: "refused", code: "account_exists" });
    },
  );

test("email_verified as the text true counts", proves("note 47"), async ({ stage, visitor }) => {
  const { email } = stranger();
  await signInAtPeer(visitor, stage.peer, { idToken: { email, email_verified: "true" } });
  expect((await visitor.get("/api/me")).text).toContain(`"email":"${email}"`);
});

test(
  "an account that somebody opened in wait for a person gives way to the person",
  proves("6.8.1", "7.4.2"),
  async ({ stage, visitor: attacker }) => {
    const trap = stranger();
    await signUpLocally(attacker, trap);
    const trapId = (await userOf(attacker)) ?? "";
    const victim = await signedInVisitor(stage.url, stage.peer, {
      idToken: { email: trap.email.toUpperCase(), email_verified: true },
      userinfo: { name: "The Person" },
    });
    expect(await userOf(victim)).not.toBeNull();
    expect(await userOf(attacker), "the attacker's session").toBeNull();
    const { sql } = stage.rows;
    expect(await sql`select 1 from credentials where user_id = ${trapId}`, "the attacker's password").toEqual(
      [],
    );
    const again = new Visitor(stage.url);
    const page = await again.get("/login");
    const fields = { identifier: trap.username, password: trap.password };
    await again.postMultipart("/login", { ...hiddenFields(page.text, 'name="identifier"'), ...fields });
    expect(again.sessionCookie).toBeUndefined();
    // What the attacker wrote about the account is no longer shown as the person's.
    expect((await victim.get("/profile")).text).toContain("The Person");
  },
);

test("a first sign-in sent twice at once makes one person", async ({ stage }) => {
  const subject = stranger().username;
  const { email } = stranger();
  const before = await stage.rows.counts();
  const scenario = { subject, idToken: { email, email_verified: true } };
  const visitors = await Promise.all(
    [1, 2, 3, 4].map(() => signedInVisitor(stage.url, stage.peer, scenario)),
  );
  expect(new Set(await Promise.all(visitors.map(userOf))).size).toBe(1);
  const after = await stage.rows.counts();
  expect([
    after.users - before.users,
    after.accounts - before.accounts,
    after.sessions - before.sessions,
  ]).toEqual([1, 1, 4]);
});
