import { linkIn, mailTo, mailsTo } from "../fixtures";
import { comparable } from "./support/comparable";
import { logIn, signUpLocally, submitAction } from "./support/forms";
import { provedPerson } from "./support/people";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor, type Answered } from "./support/visitor";

const askForReset = (visitor: Visitor, email: string): Promise<Answered> =>
  submitAction(visitor, "/forgot-password", 'name="email"', { email });

const askForCode = (visitor: Visitor, email: string): Promise<Answered> =>
  submitAction(visitor, "/login/email", 'name="email"', { email });

async function loginLink(email: string): Promise<string> {
  await expect.poll(async () => (await mailsTo(email))[0]?.subject).toMatch(/^Your login code is/);
  return linkIn((await mailsTo(email))[0]!);
}

for (const [what, ask] of [
  ["a reset", askForReset],
  ["a code", askForCode],
] as const)
  test(
    `${what} says nothing about who is here: not by words, status, headers or cookies, up to the limit and beyond`,
    proves("6.3.8", "2.4.1"),
    async ({ stage }) => {
      const { person } = await provedPerson(stage);
      const unknown = stranger();
      const claimed = stranger();
      await signUpLocally(new Visitor(stage.url), claimed);
      const seen = [];
      for (const { email } of [person, unknown, claimed]) {
        const visitor = new Visitor(stage.url);
        const answers = [];
        for (let n = 0; n < 6; n += 1) {
          const answer = await ask(visitor, email);
          answers.push({ ...comparable(answer, email), cookies: [...visitor.cookies.keys()] });
        }
        answers.push(comparable(await visitor.get("/login/code"), email));
        for (let n = 0; n < 6; n += 1) {
          const guess = await submitAction(visitor, "/login/code", 'name="code"', { code: "000000" }).catch(
            () => null,
          );
          answers.push(guess === null ? null : comparable(guess, email));
        }
        seen.push(answers);
      }
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
      expect(await mailsTo(unknown.email)).toEqual([]);
    },
  );

test(
  "a link is good for its purpose alone, and none of the others take it",
  proves("6.4.1"),
  async ({ stage }) => {
    const { person, browser } = await provedPerson(stage);
    await askForReset(new Visitor(stage.url), person.email);
    const reset = linkIn(await mailTo(person.email, "Choose a new password"));
    await askForCode(new Visitor(stage.url), person.email);
    const login = await loginLink(person.email);
    const tokenOf = (link: string) => new URL(link, stage.url).searchParams.get("token") ?? "";
    const attacker = new Visitor(stage.url);
    for (const path of ["/login/link", "/confirm-email"])
      expect((await browser.get(`${path}?token=${tokenOf(reset)}`)).status, path).toBe(400);
    expect((await attacker.get(`/reset-password?token=${tokenOf(login)}`)).status).toBe(400);
    // The forms of good links, with the token of another purpose in them.
    const asLogin = await submitAction(attacker, login, 'name="token"', { token: tokenOf(reset) });
    expect(asLogin.location).toBe(`/login/link?token=${tokenOf(reset)}`);
    const password = "whatever the attacker likes";
    await submitAction(attacker, reset, 'name="token"', { token: tokenOf(login), password });
    expect(attacker.sessionCookie).toBeUndefined();
    expect((await browser.get("/api/me")).status, "the owner's session").toBe(200);
    expect((await logIn(new Visitor(stage.url), { ...person, password })).text).toContain("is not right");
  },
);

test(
  "a reset ends what an attacker holds, signs nobody in, and works once",
  proves("6.4.3", "7.4.2"),
  async ({ stage }) => {
    const { person, browser: stolen } = await provedPerson(stage);
    await askForCode(new Visitor(stage.url), person.email);
    const login = await loginLink(person.email);
    const owner = new Visitor(stage.url);
    await askForReset(owner, person.email);
    const link = linkIn(await mailTo(person.email, "Choose a new password"));
    const password = "the owner is back for good";
    const done = await submitAction(owner, link, 'name="password"', { password });
    expect(done.location).toBe("/login?notice=password-reset");
    expect(owner.sessionCookie).toBeUndefined();
    expect((await stolen.get("/api/me")).status).toBe(401);
    expect((await owner.get(login)).status, "a login link of before").toBe(400);
    expect((await owner.get(link)).status, "the link once more").toBe(400);
    await logIn(owner, { ...person, password });
    expect((await owner.get("/api/me")).status).toBe(200);
  },
);

test("a claimed address signs nobody in by mail", proves("6.3.8"), async ({ stage }) => {
  const person = stranger();
  await signUpLocally(new Visitor(stage.url), person);
  await mailTo(person.email, "Confirm your e-mail address");
  await askForCode(new Visitor(stage.url), person.email);
  const rows = await stage.rows.sql`select kind, gave_up_reason from mail_outbox
    where recipient = ${person.email} order by created_at`;
  expect(rows.map(({ kind, gave_up_reason: reason }) => [kind, reason] as unknown)).toEqual([
    ["confirm_email", null],
    ["sign_in", "nobody"],
  ]);
});

test(
  "tokens and codes of mails never reach the log or the tables",
  proves("16.2.5", "14.2.1"),
  async ({ stage }) => {
    const { person } = await provedPerson(stage);
    await askForReset(new Visitor(stage.url), person.email);
    const reset = linkIn(await mailTo(person.email, "Choose a new password"));
    await new Visitor(stage.url).get(reset);
    const token = new URL(reset, stage.url).searchParams.get("token") ?? "?";
    expect(stage.log().includes(token)).toBe(false);
    const proofs = await stage.rows.sql`select to_json(p)::text as row from one_time_proofs p`;
    const mails = await stage.rows.sql`select to_json(m)::text as row from mail_outbox m`;
    expect(JSON.stringify([...proofs, ...mails]).includes(token)).toBe(false);
    await expect
      .poll(
        async () => (await stage.rows.sql`select 1 from mail_outbox where content_sealed is not null`).length,
      )
      .toBe(0);
  },
);
