import "server-only";
import type { Route } from "next";
import { redirect as redirectByFramework } from "next/navigation";
import { environment } from "@/lib/env";
import { basePath } from "@/lib/shared/base-path";

/**
 * Sends the browser from a page or an action to a path on the host. Below a base path by its whole address: the framework
 * puts the base path before where a page leads, and where an action leads that scripts call, but not where a plain form does.
 */
export function redirect(path: string): never {
  redirectByFramework((basePath === "" ? path : new URL(path, environment().AUTH_URL).href) as Route);
}
