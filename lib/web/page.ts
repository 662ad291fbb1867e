import "server-only";
import type { Viewer } from "@/lib/shared/views";

export type ViewerState =
  | { readonly status: "signed-in"; readonly viewer: Viewer }
  | { readonly status: "signed-out" }
  | { readonly status: "unavailable" };

/** Who is looking, decided once a request. `unavailable` when the database cannot be asked: nobody is signed in then. */
export function currentViewer(): Promise<ViewerState> {
  return Promise.resolve({ status: "signed-out" });
}

/** The viewer of a gated page: redirects to login (and back to `path`), to the outcome page, or interrupts with 403. */
export function requireViewer(path: string): Promise<Viewer> {
  throw new Error(path);
}
