import DataLoader from "dataloader";
import { withDeadline } from "./deadline";

const largestGroup = 100;

/** One answer that does not come must not hold up everybody else's question. */
const longestWaitMilliseconds = 20;

/**
 * A look-up that answers all who ask at about the same time by one question: whoever asks while a question is under way
 * goes with the next, which leaves as soon as that one is answered, after 20 ms at the latest. Nobody gets the answer of
 * a question that was put before they asked, and nothing is kept.
 * @param answerAll gets the keys of a group, the same one more than once perhaps; answers each in its place. When it
 * fails, it fails for its group.
 */
export function inGroups<Key, Value>(
  answerAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  let before: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<Key, Value>(
    (keys) => {
      const answers = answerAll(keys);
      before = answers.catch(() => undefined);
      return answers;
    },
    {
      cache: false,
      maxBatchSize: largestGroup,
      batchScheduleFn: (leave) => {
        // Requests that arrived together are read one after another; the group waits until all of them are.
        setImmediate(() => {
          withDeadline(before, longestWaitMilliseconds).then(leave, leave);
        });
      },
    },
  );
  return (key) => loader.load(key);
}
