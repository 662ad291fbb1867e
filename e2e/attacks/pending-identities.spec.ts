import { hiddenFields, logIn, submitAction } from "./support/forms";
import {
  connect,
  connectPage,
  identitiesPage,
  letTimePass,
  localMember,
  subjectsOf,
  verified,
} from "./support/identities";
import { endOf, signInAtPeer, signedInVisitor } from "./support/oidc";
import { expectLogged } from "./support/refusals";
import { expect, proves, test } from "./support/test";
import { Visitor } from "./support/visitor";

test.describe("a verified e-mail address of somebody who is known", () => {
  test(
    "joins the identity once its owner has logged in the known way and confirmed",
    proves("6.8.1", "10.5.2"),
    async ({ stage }) => {
      const { person } = await localMember(stage);
      const visitor = new Visitor(stage.url);
      const scenario = verified(person.email);
      const refused = await signInAtPeer(visitor, stage.peer, scenario);
      expect(refused).toMatchObject({ kind: "refused", code: "account_exists", status: 409 });
      await expectLogged(stage, refused);
      const login = "/login?notice=connect&amp;returnTo=%2Fsettings%2Fidentities%2Fconnect";
      expect(refused.kind === "refused" ? refused.page : "").toContain(login);
      const before = await stage.rows.counts();

      expect((await logIn(visitor, person, login.replace("&amp;", "&"))).location).toBe(connectPage);
      const page = await visitor.get(connectPage);
      expect(page.text).toContain(person.email);
      expect(await subjectsOf(stage, visitor)).toEqual([]);
      expect((await stage.rows.counts()).tokens, "tokens before").toBe(before.tokens);
      expect((await connect(visitor)).location).toBe(`${identitiesPage}?notice=connected`);
      expect(await subjectsOf(stage, visitor)).toEqual([scenario.subject]);
      expect((await stage.rows.counts()).tokens, "tokens after").toBe(before.tokens + 1);

      const again = await signedInVisitor(stage.url, stage.peer, scenario);
      expect(await subjectsOf(stage, again)).toEqual([scenario.subject]);
    },
  );

  test("joins nothing by itself, however often it comes", proves("6.8.1"), async ({ stage }) => {
    const { visitor: owner, person } = await localMember(stage);
    const thief = new Visitor(stage.url);
    for (let tries = 0; tries < 3; tries += 1)
      expect(await signInAtPeer(thief, stage.peer, verified(person.email))).toMatchObject({
        kind: "refused",
      });
    expect((await thief.get(connectPage)).location).toContain("/login");
    await owner.get(connectPage);
    expect(await subjectsOf(stage, owner)).toEqual([]);
  });

  test("is of no use to somebody who logs in as another person", proves("6.8.1"), async ({ stage }) => {
    const { visitor: owner, person } = await localMember(stage);
    const thief = (await localMember(stage)).visitor;
    await signInAtPeer(thief, stage.peer, verified(person.email));
    const page = await thief.get(connectPage);
    expect(page.status).toBe(400);
    expect(page.text).not.toContain(person.email);
    expect(await subjectsOf(stage, thief)).toEqual([]);
    expect(await subjectsOf(stage, owner)).toEqual([]);
  });

  test(
    "waits for one browser: the owner's other one knows nothing of it",
    proves("7.2.1"),
    async ({ stage }) => {
      const { visitor: owner, person } = await localMember(stage);
      const elsewhere = new Visitor(stage.url);
      await signInAtPeer(elsewhere, stage.peer, verified(person.email));
      expect((await owner.get(connectPage)).status).toBe(400);
      const guessed = new Visitor(stage.url, owner.cookies);
      guessed.cookies.set("gatehouse.identity", "A".repeat(43));
      expect((await guessed.get(connectPage)).status).toBe(400);
      expect(await subjectsOf(stage, owner)).toEqual([]);
    },
  );
});

test.describe("an identity that waits", () => {
  test("is connected once: the form sent again finds nothing", proves("2.3.1"), async ({ stage }) => {
    const { visitor, person } = await localMember(stage);
    await signInAtPeer(visitor, stage.peer, verified(person.email));
    const form = hiddenFields((await visitor.get(connectPage)).text, ">Connect<");
    const [replay, later] = [visitor.copy(), visitor.copy()];
    const answers = await Promise.all(
      [visitor, replay].map((browser) => browser.postMultipart(connectPage, form)),
    );
    expect(answers.map(({ location }) => location?.split(/[&]/)[0]).sort()).toEqual([
      "/auth/error?code=pending_identity_gone",
      `${identitiesPage}?notice=connected`,
    ]);
    const late = await later.postMultipart(connectPage, form);
    expect(late.location).toContain("pending_identity_gone");
    expect(await subjectsOf(stage, visitor)).toHaveLength(1);
  });

  test("is gone after ten minutes", async ({ stage }) => {
    const { visitor, person } = await localMember(stage);
    await signInAtPeer(visitor, stage.peer, verified(person.email));
    const form = hiddenFields((await visitor.get(connectPage)).text, ">Connect<");
    await stage.rows.sql`update pending_identities set expires_at = now() - interval '1 second'`;
    const end = await endOf(visitor, await visitor.postMultipart(connectPage, form));
    expect(end).toMatchObject({ kind: "refused", code: "pending_identity_gone", status: 400 });
    await expectLogged(stage, end);
    expect(await subjectsOf(stage, visitor)).toEqual([]);
  });

  test("is not connected by a form of another site", proves("3.5.1"), async ({ stage }) => {
    const { visitor, person } = await localMember(stage);
    await signInAtPeer(visitor, stage.peer, verified(person.email));
    const answer = await connect(visitor, { origin: "https://evil.example" });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await subjectsOf(stage, visitor)).toEqual([]);
  });

  test("asks somebody whose login is long ago to confirm first", proves("7.5.1"), async ({ stage }) => {
    const { visitor, person } = await localMember(stage);
    await signInAtPeer(visitor, stage.peer, verified(person.email));
    const form = hiddenFields((await visitor.get(connectPage)).text, ">Connect<");
    await letTimePass(stage, visitor);
    expect((await visitor.get(connectPage)).location).toContain("/confirm?returnTo=");
    expect((await visitor.postMultipart(connectPage, form)).location).toContain("/confirm?returnTo=");
    expect(await subjectsOf(stage, visitor)).toEqual([]);
  });

  test("is forgotten when its person does not want it", async ({ stage }) => {
    const { visitor, person } = await localMember(stage);
    await signInAtPeer(visitor, stage.peer, verified(person.email));
    const left = await submitAction(visitor, connectPage, "Do not connect", {});
    expect(left.location).toBe(`${identitiesPage}?notice=not-connected`);
    expect((await visitor.get(connectPage)).status).toBe(400);
    const revoked = () => stage.peer.requests.filter(({ endpoint }) => endpoint === "revoke").length;
    await expect.poll(revoked).toBeGreaterThan(0);
  });

  test("shows no token, no secret, and nothing that runs", proves("1.2.1"), async ({ stage }) => {
    const { visitor, person } = await localMember(stage);
    const name = '<img src=x onerror="alert(1)">';
    const scenario = verified(person.email);
    await signInAtPeer(visitor, stage.peer, { ...scenario, idToken: { ...scenario.idToken, name } });
    const { text } = await visitor.get(connectPage);
    expect(text).not.toContain("<img src=x");
    expect(text).not.toMatch(/\b(code|access|refresh)-[\w-]{32}\b|\beyJ[\w-]{20,}/);
  });
});
