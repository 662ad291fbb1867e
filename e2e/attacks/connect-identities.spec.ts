import { logIn, signOut } from "./support/forms";
import {
  connect,
  connectPage,
  identitiesPage,
  letTimePass,
  link,
  localMember,
  subjectsOf,
  verified,
} from "./support/identities";
import { approvedCallback, signedInVisitor, visitCallback } from "./support/oidc";
import { expectLogged } from "./support/refusals";
import { expect, proves, test } from "./support/test";

test.describe("connecting from the settings", () => {
  test("asks before it connects, and keeps who is signed in", proves("6.8.1"), async ({ stage }) => {
    const { visitor } = await localMember(stage);
    const { subject } = verified("");
    const session = visitor.sessionCookie;
    const answer = await visitor.get(await approvedCallback(visitor, stage.peer, { subject }, link));
    expect(answer.location).toBe(connectPage);
    expect(visitor.sessionCookie).toBe(session);
    expect(await subjectsOf(stage, visitor)).toEqual([]);
    expect((await connect(visitor)).location).toBe(`${identitiesPage}?notice=connected`);
    expect(await subjectsOf(stage, visitor)).toEqual([subject]);
  });

  test("refuses an identity of somebody else with a page", proves("6.8.1"), async ({ stage }) => {
    const { subject } = verified("");
    const owner = await signedInVisitor(stage.url, stage.peer, { subject });
    const { visitor } = await localMember(stage);
    const end = await visitCallback(visitor, await approvedCallback(visitor, stage.peer, { subject }, link));
    expect(end).toMatchObject({ kind: "refused", code: "identity_taken", status: 409 });
    await expectLogged(stage, end);
    expect(await subjectsOf(stage, visitor)).toEqual([]);
    expect(await subjectsOf(stage, owner)).toEqual([subject]);
  });

  test("says when the identity is connected already", async ({ stage }) => {
    const { subject } = verified("");
    const visitor = await signedInVisitor(stage.url, stage.peer, { subject });
    const answer = await visitor.get(await approvedCallback(visitor, stage.peer, { subject }, link));
    expect(answer.location).toBe(`${identitiesPage}?notice=connected-already`);
  });

  test(
    "does not begin for a visitor, nor with a login of long ago",
    proves("7.5.1"),
    async ({ stage, visitor }) => {
      expect((await visitor.post("/auth/oidc/oidc", link)).location).toContain("/login");
      const { visitor: stale } = await localMember(stage);
      await letTimePass(stage, stale);
      expect((await stale.post("/auth/oidc/oidc", link)).location).toBe(
        `/confirm?returnTo=${encodeURIComponent(identitiesPage)}`,
      );
    },
  );

  test("is not begun by another site", proves("3.5.1"), async ({ stage }) => {
    const { visitor } = await localMember(stage);
    const answer = await visitor.post("/auth/oidc/oidc", link, { origin: "https://evil.example" });
    expect(answer.location).toContain("cross_site_request");
  });

  for (const [title, next] of [
    ["has ended", null],
    ["has ended and another person is signed in", "another person"],
  ] as const)
    test(`connects nothing when the session that asked ${title}`, proves("7.2.4"), async ({ stage }) => {
      const { visitor } = await localMember(stage);
      const { subject } = verified("");
      const address = await approvedCallback(visitor, stage.peer, { subject }, link);
      await signOut(visitor);
      if (next !== null) await logIn(visitor, (await localMember(stage)).person);
      const before = await stage.rows.counts();
      expect((await visitor.get(address)).location).toContain("/login?notice=session-ended");
      expect(await stage.rows.counts()).toEqual(before);
      expect(await stage.rows.sql`select 1 from accounts where subject = ${subject}`).toEqual([]);
    });

  test(
    "an attacker's link answer in the victim's browser connects nothing",
    proves("10.1.2"),
    async ({ stage }) => {
      const { visitor: attacker } = await localMember(stage);
      const { visitor: victim } = await localMember(stage);
      const { subject } = verified("");
      const planted = await approvedCallback(attacker, stage.peer, { subject }, link);
      expect(await visitCallback(victim, planted)).toMatchObject({
        kind: "refused",
        code: "transaction_lost",
      });
      for (const [name, value] of attacker.cookies)
        if (name.includes(".oidc.")) victim.cookies.set(name, value);
      expect((await victim.get(planted)).location).toContain("/login?notice=session-ended");
      expect(await subjectsOf(stage, victim)).toEqual([]);
    },
  );

  test("two tabs each connect what they were asked about last, once", async ({ stage }) => {
    const { visitor } = await localMember(stage);
    const [one, two] = [verified("").subject, verified("").subject];
    const first = await approvedCallback(visitor, stage.peer, { subject: one }, link);
    const second = await approvedCallback(visitor, stage.peer, { subject: two }, link);
    expect((await visitor.get(first)).location).toBe(connectPage);
    expect((await visitor.get(second)).location).toBe(connectPage);
    await connect(visitor);
    expect(await subjectsOf(stage, visitor)).toEqual([two]);
  });
});
