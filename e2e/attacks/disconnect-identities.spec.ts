import { hiddenFields, signOut, submitAction } from "./support/forms";
import { connect, identitiesPage, letTimePass, link, localMember, subjectsOf } from "./support/identities";
import { approvedCallback, endOf, signedInVisitor } from "./support/oidc";
import type { Stage } from "./support/stage";
import { expect, proves, test } from "./support/test";
import type { Visitor } from "./support/visitor";

test("a log-out revokes the tokens of an identity that was connected in the session", async ({ stage }) => {
  const { visitor } = await localMember(stage);
  await visitor.get(await approvedCallback(visitor, stage.peer, {}, link));
  await connect(visitor);
  const revoked = () => stage.peer.requests.filter(({ endpoint }) => endpoint === "revoke").length;
  const before = revoked();
  await signOut(visitor);
  await expect.poll(revoked).toBe(before + 1);
});

test.describe("disconnecting", () => {
  const disconnect = (visitor: Visitor, mark = ">Disconnect") =>
    submitAction(visitor, identitiesPage, mark, {});

  async function withTwo(stage: Stage): Promise<{ visitor: Visitor; forms: Record<string, string>[] }> {
    const visitor = await signedInVisitor(stage.url, stage.peer);
    await visitor.get(await approvedCallback(visitor, stage.peer, {}, link));
    await connect(visitor);
    const { text } = await visitor.get(identitiesPage);
    const forms = (text.match(/<form\b.*?<\/form>/gs) ?? [])
      .filter((form) => form.includes(">Disconnect"))
      .map((form) => hiddenFields(form, ">Disconnect"));
    return { visitor, forms };
  }

  test("ends the sessions of that identity, this one as well", proves("7.4.2"), async ({ stage }) => {
    const { visitor, forms } = await withTwo(stage);
    expect(forms).toHaveLength(2);
    // The first is the one that this session was opened with.
    const answer = await visitor.postMultipart(identitiesPage, forms[0] ?? {});
    expect(answer.location).toBe("/login?notice=disconnected");
    expect((await visitor.get("/api/me")).status).toBe(401);
  });

  test(
    "the last way in has no button, and a forged form takes nothing",
    proves("8.3.1"),
    async ({ stage }) => {
      const { visitor, forms } = await withTwo(stage);
      await visitor.postMultipart(identitiesPage, forms[1] ?? {});
      const { text } = await visitor.get(identitiesPage);
      expect(text).not.toContain(">Disconnect");
      expect(text).toContain("your only way to log in");
      const end = await endOf(visitor, await visitor.postMultipart(identitiesPage, forms[0] ?? {}));
      expect(end).toMatchObject({ kind: "refused", code: "last_way_in", status: 409 });
      expect(await subjectsOf(stage, visitor)).toHaveLength(1);
    },
  );

  test("both at the same moment leave one", proves("2.3.3"), async ({ stage }) => {
    const { visitor, forms } = await withTwo(stage);
    const [row] = await stage.rows.sql<{ userId: string }[]>`
      select user_id as "userId" from sessions order by created_at desc limit 1`;
    await Promise.all(forms.map((form) => visitor.copy().postMultipart(identitiesPage, form)));
    const left = await stage.rows.sql`select 1 from accounts where user_id = ${row?.userId ?? ""}`;
    expect(left).toHaveLength(1);
  });

  test("another person's identity stays", proves("8.2.2"), async ({ stage }) => {
    const { visitor: owner, forms } = await withTwo(stage);
    const { visitor: thief, forms: own } = await withTwo(stage);
    const identityId = forms[0]?.["identityId"] ?? "";
    await thief.postMultipart(identitiesPage, { ...own[1], identityId });
    expect(await subjectsOf(stage, owner)).toHaveLength(2);
    expect(await subjectsOf(stage, thief)).toHaveLength(2);
  });

  test("asks somebody whose login is long ago to confirm first", proves("7.5.1"), async ({ stage }) => {
    const { visitor } = await withTwo(stage);
    await letTimePass(stage, visitor);
    expect((await disconnect(visitor)).location).toContain("/confirm?returnTo=");
    expect(await subjectsOf(stage, visitor)).toHaveLength(2);
  });
});
