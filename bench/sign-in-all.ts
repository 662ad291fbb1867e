import { people } from "../dev/people";
import { passwordSignIn, type SignIn } from "./sign-in";

export const signInsAtOnce = 8;

/** The login form for each of the demo people who have a password. */
export function signInForms(appUrl: string): Promise<SignIn[]> {
  const names = people.filter(({ local }) => local).map(({ username }) => username);
  return Promise.all(names.map((name) => passwordSignIn(appUrl, name)));
}

/** Keeps eight sign-ins under way while `meanwhile` lasts. @returns how many ended in a second */
export async function signInAll(forms: readonly SignIn[], meanwhile: () => Promise<void>): Promise<number> {
  let over = false;
  let done = 0;
  const start = performance.now();
  const people = Array.from({ length: signInsAtOnce }, async (_, index) => {
    const signIn = forms[index % forms.length];
    while (!over) {
      await signIn?.();
      done += 1;
    }
  });
  const failed = Promise.all(people).then(() => new Promise<never>(() => undefined));
  try {
    await Promise.race([meanwhile(), failed]);
    return (done * 1_000) / (performance.now() - start);
  } finally {
    over = true;
    await Promise.allSettled(people);
  }
}
