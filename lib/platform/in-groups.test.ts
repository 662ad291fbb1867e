import { describe, expect, test } from "vitest";
import { inGroups } from "./in-groups";

/** A look-up whose questions are answered when the test says so. */
function lookUp() {
  const questions: { readonly keys: readonly string[]; readonly answer: (fails?: Error) => void }[] = [];
  const ask = inGroups<string, string>(
    (keys) =>
      new Promise((resolve, reject) => {
        questions.push({
          keys,
          answer: (fails) => {
            if (fails === undefined) resolve(keys.map((key) => `${key}!`));
            else reject(fails);
          },
        });
      }),
  );
  return { ask, questions };
}

/** Lets everything happen that does not wait for an answer. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("questions in groups", () => {
  test("all who ask together are answered by one question, each with their own answer", async () => {
    const { ask, questions } = lookUp();
    const answers = Promise.all([ask("a"), ask("b"), ask("a")]);
    await settled();
    expect(questions.map(({ keys }) => keys)).toEqual([["a", "b", "a"]]);
    questions[0]?.answer();
    expect(await answers).toEqual(["a!", "b!", "a!"]);
  });

  test("whoever asks while a question is under way gets the answer of a later one", async () => {
    const { ask, questions } = lookUp();
    const first = ask("a");
    await settled();
    const second = ask("a");
    const third = ask("b");
    questions[0]?.answer();
    expect(await first).toBe("a!");
    await settled();
    expect(questions.map(({ keys }) => keys)).toEqual([["a"], ["a", "b"]]);
    questions[1]?.answer();
    expect(await Promise.all([second, third])).toEqual(["a!", "b!"]);
  });

  test("a question that is not answered does not hold up the next", async () => {
    const { ask, questions } = lookUp();
    void ask("a");
    await settled();
    const second = ask("b");
    await expect.poll(() => questions.length).toBe(2);
    questions[1]?.answer();
    expect(await second).toBe("b!");
  });

  test("a question that fails does so for those who asked it, and the next one is asked", async () => {
    const { ask, questions } = lookUp();
    const both = Promise.allSettled([ask("a"), ask("b")]);
    await settled();
    questions[0]?.answer(new Error("gone"));
    expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const after = ask("c");
    await settled();
    questions[1]?.answer();
    expect(await after).toBe("c!");
  });
});
