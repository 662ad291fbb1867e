import { describe } from "./plain-error";

/** What a part tells its launcher. */
export type PartMessage =
  { readonly type: "ready" } | { readonly type: "failed"; readonly code: string; readonly message: string };

/** What a part's own start gives back. */
export interface RunningPart {
  close(): Promise<void>;
}

/**
 * The body of every part's process. Waits for the settings from the launcher, starts, answers `ready` or `failed`, and
 * ends on SIGTERM or when the launcher is gone. SIGINT is ignored: at Ctrl-C the launcher decides the order.
 */
export function servePart(start: (settings: never) => Promise<RunningPart>): void {
  let running: Promise<RunningPart> | undefined;
  let ending = false;

  function end(): void {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), 10_000).unref();
    void (running ?? Promise.resolve(undefined))
      .then((part) => part?.close())
      .catch((error: unknown) => {
        console.error(describe(error));
      })
      .then(() => process.exit(0));
  }

  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", end);
  process.on("disconnect", end);
  process.once("message", (settings) => {
    running = start(settings as never);
    running.then(
      () => process.send?.({ type: "ready" } satisfies PartMessage),
      (error: unknown) => {
        const code = (error as { code?: unknown }).code;
        const failed = {
          type: "failed",
          code: typeof code === "string" ? code : "",
          message: describe(error),
        } as const;
        running = undefined;
        process.send?.(failed satisfies PartMessage, () => process.exit(1));
      },
    );
  });
}
