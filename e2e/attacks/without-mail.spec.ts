import { signUpLocally, submitAction } from "./support/forms";
import { startStage, type Stage } from "./support/stage";
import { expect, proves, stranger, test as base } from "./support/test";
import { Visitor } from "./support/visitor";

const test = base.extend<object, { silent: Stage }>({
  silent: [
    async ({ world }, provide) => {
      const stage = await startStage(world, { env: { SMTP_URL: "", MAIL_FROM: "" } });
      await provide(stage);
      await stage.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

test("a site without a mail server says so, and the rest works", proves("16.5.2"), async ({ silent }) => {
  const person = stranger();
  const visitor = new Visitor(silent.url);
  const login = await visitor.get("/login");
  expect(login.text).not.toMatch(/Forgot your password|Log in by e-mail/);
  for (const [path, mark] of [
    ["/forgot-password", 'name="email"'],
    ["/login/email", 'name="email"'],
  ] as const) {
    expect((await visitor.get(path)).text).toContain("This site sends no mail.");
    const answer = await submitAction(visitor, path, mark, { email: person.email });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain("This site sends no mail.");
  }
  await signUpLocally(visitor, person);
  const profile = await visitor.get("/profile");
  expect(profile.status).toBe(200);
  expect(profile.text).not.toContain("we sent a link to");
  expect((await visitor.get("/confirm-email")).text).toContain("This site sends no mail");
  expect((await visitor.get("/settings/email")).text).toContain("This site sends no mail");
  expect(await silent.rows.sql`select 1 from mail_outbox`).toEqual([]);
});
