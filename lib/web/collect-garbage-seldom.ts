import os from "node:os";
import { setFlagsFromString } from "node:v8";

/** To four times what the last collection left. Left alone, V8 collects at 1.5 to 4 times as much. */
const growingPercent = 300;

/**
 * Has V8 collect all garbage less often, and on fewer processors. Marking takes every thread that V8 has, and each page that
 * comes in that tenth of a second waits for them; what it finds are for the most part objects of requests that ended long
 * ago. Call it once, at start; a limit of memory holds as before. See docs/performance.md.
 */
export function collectGarbageSeldom(): void {
  const markers = Math.max(1, Math.floor(os.availableParallelism() / 2));
  setFlagsFromString(`--heap-growing-percent=${String(growingPercent)}`);
  setFlagsFromString(`--concurrent-marking-max-worker-num=${String(markers)}`);
}
