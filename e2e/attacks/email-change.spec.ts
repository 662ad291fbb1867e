import { linkIn, mailTo, mailsTo } from "../fixtures";
import { comparable } from "./support/comparable";
import { hiddenFields, logIn, signUpLocally, submitAction, type LocalPerson } from "./support/forms";
import { letTimePass } from "./support/identities";
import { provedPerson } from "./support/people";
import type { Stage } from "./support/stage";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor, type Answered } from "./support/visitor";

const settings = "/settings/email";
const told = "Your e-mail address was changed";

const askFor = (visitor: Visitor, email: string, extra: Record<string, string> = {}): Promise<Answered> =>
  submitAction(visitor, settings, 'name="email"', { email, ...extra });

const mailed = async (email: string): Promise<string> =>
  linkIn(await mailTo(email, "Confirm your new e-mail address"));

const press = (visitor: Visitor, link: string): Promise<Answered> =>
  submitAction(visitor, link, 'name="token"', {});

async function addressOf({ rows: { sql } }: Stage, { username }: LocalPerson): Promise<unknown> {
  const [row] = await sql<{ email: string }[]>`select email from users where username = ${username}`;
  return row?.email;
}

test(
  "hijack: a stolen session whose proof is old does not even get a link sent",
  proves("7.5.1"),
  async ({ stage }) => {
    const { person, browser } = await provedPerson(stage);
    await letTimePass(stage, browser);
    const evil = stranger().email;
    const answer = await askFor(browser, evil);
    expect(answer.location).toBe("/confirm?returnTo=%2Fsettings%2Femail");
    expect(await addressOf(stage, person)).toBe(person.email);
    expect(await stage.rows.sql`select 1 from mail_outbox where recipient = ${evil}`).toEqual([]);
  },
);

test(
  "hijack: whoever has the password changes the address twice, and the first owner's link wins",
  proves("6.3.7", "7.4.2", "7.4.3"),
  async ({ stage }) => {
    const { person } = await provedPerson(stage);
    const attacker = new Visitor(stage.url);
    await logIn(attacker, person);
    const own = [stranger().email, stranger().email];
    for (const email of own) {
      await askFor(attacker, email);
      expect((await press(attacker, await mailed(email))).location).toBe(`${settings}?notice=changed`);
    }
    expect((await mailTo(own[0]!, told)).text, "the attacker's first address gets no link").not.toContain(
      "token=",
    );
    await submitAction(new Visitor(stage.url), "/forgot-password", 'name="email"', { email: own[1]! });
    const reset = linkIn(await mailTo(own[1]!, "Choose a new password"));

    const owner = new Visitor(stage.url);
    const undone = await press(owner, linkIn(await mailTo(person.email, told)));
    expect(undone.location).toBe("/login?notice=email-restored");
    expect(owner.sessionCookie, "it signs nobody in").toBeUndefined();
    expect(await addressOf(stage, person)).toBe(person.email);
    expect((await attacker.get("/api/me")).status).toBe(401);
    expect((await logIn(attacker, person)).text).toContain("is not right");
    expect((await attacker.get(reset)).status).toBe(400);
    expect((await mailTo(own[1]!, "A change of your e-mail address was undone")).text).not.toContain(
      person.email,
    );
  },
);

test(
  "links are used once, for what they were made, by the account that asked",
  proves("6.4.1", "6.5.1", "8.2.2"),
  async ({ stage }) => {
    const { person, browser } = await provedPerson(stage);
    const { browser: stranger2 } = await provedPerson(stage);
    const next = stranger().email;
    await askFor(browser, next);
    const link = await mailed(next);
    const token = new URL(link, stage.url).searchParams.get("token") ?? "";

    const seen = await stranger2.get(link);
    expect(seen.text).toContain("This link is for another account");
    expect(seen.text).not.toContain(next);
    // The form of one's own page with the token of another's.
    const own = stranger().email;
    await askFor(stranger2, own);
    const form = hiddenFields((await stranger2.get(await mailed(own))).text, 'name="token"');
    await stranger2.postMultipart("/settings/email/confirm", { ...form, token });
    expect(await addressOf(stage, person)).toBe(person.email);
    expect((await new Visitor(stage.url).get(link)).location, "signed out").toMatch(/^\/login\?/);
    for (const page of ["/reset-password", "/login/link", "/undo-email-change", "/confirm-email"])
      expect((await browser.get(`${page}?token=${token}`)).status, page).toBe(400);

    expect((await press(browser, link)).location).toBe(`${settings}?notice=changed`);
    expect((await browser.get(link)).status, "once more").toBe(400);
    const undo = new URL(linkIn(await mailTo(person.email, told)), stage.url).searchParams.get("token") ?? "";
    for (const page of ["/reset-password", "/login/link", "/confirm-email", "/settings/email/confirm"])
      expect((await browser.get(`${page}?token=${undo}`)).status, page).toBe(400);
    expect(await addressOf(stage, person)).toBe(next);
    expect(stage.log().includes(token) || stage.log().includes(undo)).toBe(false);
  },
);

test(
  "the answer to a wish says nothing about who is here, up to the limit and beyond",
  proves("6.3.8", "2.4.1"),
  async ({ stage }) => {
    const { person: known } = await provedPerson(stage);
    const seen = [];
    for (const email of [known.email, stranger().email]) {
      const { person, browser } = await provedPerson(stage);
      const answers = [];
      for (let n = 0; n < 6; n += 1) {
        answers.push(comparable(await askFor(browser, email), email, person.email, person.username));
        answers.push(comparable(await browser.get(settings), email, person.email, person.username));
      }
      seen.push(answers);
    }
    expect(seen[0]).toEqual(seen[1]);
    const mails = await mailsTo(known.email);
    const words = mails.filter(({ subject }) => subject === "Another account asked for your e-mail address");
    expect(words).not.toEqual([]);
    for (const { text } of words) expect(text).not.toContain("token=");
  },
);

test(
  "a header or a second recipient in the address reaches no mail",
  proves("1.3.11", "2.2.1"),
  async ({ stage }) => {
    const { person, browser } = await provedPerson(stage);
    const before = await stage.rows.sql`select 1 from mail_outbox`;
    for (const email of [
      "a@example.com\r\nBcc: victim@example.com",
      "a@example.com\nSubject: hello",
      "a@example.com\u0000",
      "a@example.com, victim@example.com",
      "a@example.com;victim@example.com",
      "<a@example.com>",
      '"a b"@example.com',
      "Victim <victim@example.com>",
      `${"a".repeat(250)}@example.com`,
      "a@b@example.com",
    ]) {
      const answer = await askFor(browser, email);
      expect(answer.status, email).toBe(200);
      expect(answer.text, email).toContain("Enter an e-mail address like name@example.org");
    }
    expect(await stage.rows.sql`select 1 from mail_outbox`).toHaveLength(before.length);
    await askFor(browser, stranger().email, { userId: "x", emailVerified: "true", role: "admin" });
    expect(await addressOf(stage, person)).toBe(person.email);
  },
);

test("another site changes and undoes nothing", proves("3.5.1"), async ({ stage }) => {
  const { person, browser } = await provedPerson(stage);
  const evil = { origin: "https://evil.example" };
  const next = stranger().email;
  await submitAction(browser, settings, 'name="email"', { email: next }, evil);
  expect(await stage.rows.sql`select 1 from mail_outbox where recipient = ${next}`).toEqual([]);
  await askFor(browser, next);
  const link = await mailed(next);
  await submitAction(browser, link, 'name="token"', {}, evil);
  expect(await addressOf(stage, person)).toBe(person.email);
  await press(browser, link);
  const undo = linkIn(await mailTo(person.email, told));
  await submitAction(new Visitor(stage.url), undo, 'name="token"', {}, evil);
  expect(await addressOf(stage, person)).toBe(next);
});

test(
  "an undo that comes when the address is another account's is refused with a page",
  proves("16.5.2"),
  async ({ stage }) => {
    const { person, browser } = await provedPerson(stage);
    const next = stranger().email;
    await askFor(browser, next);
    await press(browser, await mailed(next));
    const undo = linkIn(await mailTo(person.email, told));
    const other = { ...stranger(), email: person.email };
    const second = new Visitor(stage.url);
    await signUpLocally(second, other);
    await press(second, linkIn(await mailTo(person.email, "Confirm your e-mail address", 2)));
    const page = await new Visitor(stage.url).get(undo);
    expect(page.status).toBe(409);
    expect(page.text).toContain("The address belongs to another account now");
    expect(await addressOf(stage, person)).toBe(next);
    expect((await browser.get("/api/me")).status).toBe(200);
  },
);
