import "server-only";
import { environment } from "@/lib/env";

/** The whole address of a page of ours, for a mail. */
export function absolute(path: string): string {
  return new URL(path, environment().AUTH_URL).href;
}

/** What people call this site in a mail: its host. */
export function host(): string {
  return new URL(environment().AUTH_URL).host;
}
