import "server-only";
import type { Bounds } from "@/lib/platform/http/bounded-fetch";

/** For each call of a check to another server: shorter than elsewhere, since somebody waits for the page. */
export const outbound: Bounds = { timeoutMilliseconds: 3_000, maxBytes: 1_048_576 };

/** For all checks of a group together. */
export const groupMilliseconds = 8_000;
