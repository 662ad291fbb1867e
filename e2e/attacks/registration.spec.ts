import { linkIn, mailTo, mailsTo } from "../fixtures";
import { comparable } from "./support/comparable";
import { logIn, signUpLocally, submitAction } from "./support/forms";
import { signedInVisitor } from "./support/oidc";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor } from "./support/visitor";

const subject = "Confirm your e-mail address";

test(
  "a sign-up says nothing about who is here: not by words, status, headers, pages or a sign-in afterwards",
  proves("6.3.8"),
  async ({ stage }) => {
    const known = stranger();
    await signedInVisitor(stage.url, stage.peer, { idToken: { email: known.email, email_verified: true } });
    const answers = [];
    for (const email of [known.email, stranger().email]) {
      const visitor = new Visitor(stage.url);
      const person = { ...stranger(), email };
      const signedUp = await submitAction(visitor, "/sign-up", 'name="username"', {
        ...person,
        name: "Somebody",
      });
      expect(visitor.sessionCookie).toBeDefined();
      const own = [person.username, email];
      const seen = [comparable(signedUp, ...own)];
      for (const path of ["/", "/confirm-email", "/api/me"])
        seen.push(comparable(await visitor.get(path), ...own));
      const again = await submitAction(visitor, "/confirm-email", "Send the link again", {});
      seen.push(comparable(again, ...own));
      const byName = new Visitor(stage.url);
      seen.push(comparable(await logIn(byName, person), ...own));
      // Neither address is proved by the new account, so neither signs it in.
      const byEmail = await logIn(new Visitor(stage.url), { ...person, username: email });
      seen.push(comparable(byEmail, ...own));
      expect(byEmail.text).toContain("is not right");
      answers.push(seen);
    }
    expect(answers[0]).toEqual(answers[1]);
  },
);

test(
  "an account opened with somebody else's address is not proved by them opening the link",
  proves("6.4.1", "7.6.2"),
  async ({ stage, visitor: attacker }) => {
    const victim = stranger();
    const trap = { ...stranger(), email: victim.email };
    await signUpLocally(attacker, trap);
    const trapLink = linkIn(await mailTo(victim.email, subject));

    const owner = new Visitor(stage.url);
    expect((await owner.get(trapLink)).location, "signed out").toMatch(/^\/login\?/);
    await signUpLocally(owner, victim);
    const page = await owner.get(trapLink);
    expect(page.text).toContain("This link is for another account");
    expect(page.text).not.toContain("Confirm the address");
    // Not even by a form that the page does not show.
    const own = await owner.get(linkIn(await mailTo(victim.email, subject, 2)));
    expect(own.text).toContain("Confirm the address");
    const token = new URL(trapLink, stage.url).searchParams.get("token") ?? "";
    await submitAction(owner, linkIn(await mailTo(victim.email, subject, 2)), 'name="token"', { token });
    expect(await provedBy(trap.username), "the attacker's account").toBe(false);
    expect(await provedBy(victim.username)).toBe(false);

    const confirmed = await submitAction(
      owner,
      linkIn(await mailTo(victim.email, subject, 2)),
      'name="token"',
      {},
    );
    expect(confirmed.location).toBe("/confirm-email?notice=confirmed");
    expect(await provedBy(victim.username)).toBe(true);
    // The attacker holds their own link, by whatever way, and comes too late.
    expect((await attacker.get(trapLink)).status).toBe(400);
    expect(await provedBy(trap.username)).toBe(false);
    expect((await logIn(new Visitor(stage.url), { ...trap, username: victim.email })).text).toContain(
      "is not right",
    );

    async function provedBy(username: string): Promise<boolean> {
      const [row] = await stage.rows.sql`select email_verified_at from users where username = ${username}`;
      return row?.["email_verified_at"] !== null;
    }
  },
);

test(
  "an administrator who has not proved the address stays outside, page and API",
  proves("8.2.1"),
  async ({ stage, visitor }) => {
    const person = stranger();
    await signUpLocally(visitor, person);
    await stage.rows.sql`insert into user_roles (user_id, role)
    select id, 'admin' from users where username = ${person.username}`;
    const page = await visitor.get("/admin");
    expect(page.status).toBe(403);
    expect(page.text).toContain("Confirm your e-mail address first");
    const answer = await visitor.get("/api/messages/admin");
    expect([answer.status, (JSON.parse(answer.text) as { error: string }).error]).toEqual([
      403,
      "unverified",
    ]);
    await submitAction(visitor, linkIn(await mailTo(person.email, subject)), 'name="token"', {});
    expect((await visitor.get("/admin")).status).toBe(200);
    expect((await visitor.get("/api/messages/admin")).status).toBe(200);
  },
);

test(
  "header injection by the address of a sign-up reaches no mail",
  proves("1.2.1"),
  async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const target = stranger().email;
    for (const email of [
      `x@example.com\r\nBcc: ${target}`,
      `x@example.com, ${target}`,
      `x@example.com>\r\nRCPT TO:<${target}`,
      `"x\r\n.\r\nMAIL FROM:<y>"@example.com`,
    ]) {
      const answer = await submitAction(visitor, "/sign-up", 'name="username"', {
        ...stranger(),
        email,
        name: "",
      });
      expect(answer.text).toContain("Enter an e-mail address like name@example.org");
    }
    expect(await stage.rows.counts()).toEqual(before);
    expect(await mailsTo(target)).toEqual([]);
  },
);

test("a name that is a message of its own stands in no mail", proves("1.2.1"), async ({ visitor }) => {
  const person = { ...stranger(), name: "You have won! Open https://evil.example/prize" };
  await submitAction(visitor, "/sign-up", 'name="username"', person);
  const { text, html } = await mailTo(person.email, subject);
  expect(`${text}${html ?? ""}`).not.toContain("evil.example");
});
