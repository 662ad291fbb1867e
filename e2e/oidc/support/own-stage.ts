import { startStage, type Stage, type StageOptions } from "../../attacks/support/stage";
import { Visitor } from "../../attacks/support/visitor";
import { test as base } from "../../fixtures";

interface Preparation extends StageOptions {
  /** Runs before the application has asked its provider anything, and again after every test. */
  readonly prepare?: (stage: Stage) => void;
}

/**
 * Tests on an application of their own that has never heard of its provider when the first of them begins: success is
 * cached, failure is not. A file that uses it runs in order, in one worker.
 */
export function onOwnStage({ prepare, ...options }: Preparation = {}) {
  return base.extend<{ visitor: Visitor; peerBehaves: undefined }, { stage: Stage }>({
    stage: [
      async ({ world }, provide) => {
        const stage = await startStage(world, options);
        prepare?.(stage);
        await provide(stage);
        await stage.close();
      },
      { scope: "worker", timeout: 60_000 },
    ],

    peerBehaves: [
      async ({ stage }, provide) => {
        await provide(undefined);
        stage.peer.reset();
        prepare?.(stage);
      },
      { auto: true },
    ],

    visitor: async ({ stage }, provide) => {
      await provide(new Visitor(stage.url));
    },
  });
}
