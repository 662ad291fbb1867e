import "server-only";
import type { SessionView } from "@/lib/shared/views";

export function listSessions(_ctx: unknown): Promise<readonly SessionView[]> {
  return Promise.resolve([]);
}
