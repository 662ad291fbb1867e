import { logIn, signUpLocally, submitAction } from "./support/forms";
import { startStage } from "./support/stage";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor } from "./support/visitor";

const tooMany = "Too many failed attempts. Try again in 15 minutes.";
const wrong = "The user name, e-mail address or password is not right.";

test(
  "guessing one password after another is stopped by the form, in the same words for an account and for none",
  proves("6.3.1", "6.3.8"),
  async ({ world }) => {
    const stage = await startStage(world, { env: { RATE_LIMITS: "" } });
    try {
      const person = stranger();
      await signUpLocally(new Visitor(stage.url), person);
      for (const username of [person.username, stranger().username]) {
        const visitor = new Visitor(stage.url);
        const answers: string[] = [];
        for (let guess = 0; guess < 11; guess += 1)
          answers.push((await logIn(visitor, { username, password: `a wrong guess ${String(guess)}` })).text);
        expect(answers.slice(0, 10).every((text) => text.includes(wrong))).toBe(true);
        expect(answers[10]).toContain(tooMany);
        expect((await logIn(visitor, { ...person, username })).text).toContain(tooMany);
        expect(visitor.sessionCookie).toBeUndefined();
      }
    } finally {
      await stage.close();
    }
  },
);

test(
  "one network that guesses many names is stopped, other networks sign in as ever, and nobody can pick a network",
  proves("6.3.1", "4.1.3"),
  async ({ world }) => {
    const stage = await startStage(world, {
      env: { TRUSTED_PROXY_HOPS: "1", RATE_LIMITS: "sign_in_address=3/900" },
    });
    try {
      const person = stranger();
      await signUpLocally(new Visitor(stage.url), person);
      const from = (address: string) => ({ "x-forwarded-for": address });
      for (let guess = 0; guess < 3; guess += 1)
        expect(
          (await logIn(new Visitor(stage.url), stranger(), "/login", from("198.51.100.7"))).text,
        ).toContain(wrong);
      for (const address of ["198.51.100.7", "198.51.100.200", "203.0.113.1, 198.51.100.8"])
        expect(
          (await logIn(new Visitor(stage.url), person, "/login", from(address))).text,
          address,
        ).toContain(tooMany);
      expect((await logIn(new Visitor(stage.url), person, "/login", from("203.0.113.1"))).location).toBe(
        "/profile",
      );
      expect(stage.log()).toContain("excess_rate_limit_exceeded");
    } finally {
      await stage.close();
    }
  },
);

test("making one account after another is stopped", proves("2.4.1"), async ({ world }) => {
  const stage = await startStage(world, { env: { RATE_LIMITS: "sign_up_address=2/3600" } });
  try {
    const signUp = () =>
      submitAction(new Visitor(stage.url), "/sign-up", 'name="username"', { ...stranger(), name: "" });
    expect([(await signUp()).location, (await signUp()).location]).toEqual(["/profile", "/profile"]);
    const before = await stage.rows.counts();
    expect((await signUp()).text).toContain(
      "Too many accounts were made from your network. Try again in 60 minutes.",
    );
    expect(await stage.rows.counts()).toEqual(before);
  } finally {
    await stage.close();
  }
});
