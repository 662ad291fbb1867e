import "server-only";
import { environment } from "@/lib/env";
import { basePath } from "@/lib/shared/base-path";

/** The whole address of a page of ours, for a mail. */
export function absolute(path: string): string {
  return new URL(path, environment().AUTH_URL).href;
}

/** What people call this site in a mail: its address, without the scheme. */
export function host(): string {
  const { host: name } = new URL(environment().AUTH_URL);
  return name + basePath;
}
