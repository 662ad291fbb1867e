import { Visitor } from "../../attacks/support/visitor";
import type { Person } from "../../fixtures";

/** Answers an authorization request at the development provider by its login form; gives back the callback's address. */
export async function logInAtDemo(
  issuer: string,
  authorizationRequest: string,
  { username, password }: Pick<Person, "username" | "password">,
): Promise<string> {
  const browser = new Visitor(issuer);
  let answer = await browser.get(authorizationRequest);
  for (let step = 0; step < 8; step += 1) {
    if (answer.location === null) {
      const action = /<form method="post" action="([^"]+\/login)"/.exec(answer.text)?.[1];
      if (action === undefined) throw new Error(`There is no login form: ${answer.text.slice(0, 400)}`);
      answer = await browser.post(action, { username, password });
    } else {
      const next = new URL(answer.location, issuer);
      if (next.origin !== issuer) return next.href;
      answer = await browser.get(next.href);
    }
  }
  throw new Error("The provider leads nowhere.");
}
