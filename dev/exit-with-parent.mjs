import { isMainThread } from "node:worker_threads";

// Preloaded into servers that are not ours to change: when the launcher is gone, so are they.
if (isMainThread && process.channel) {
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 5_000).unref();
  });
}
