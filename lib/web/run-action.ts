import "server-only";
import { headers } from "next/headers";
import { personContext } from "./context";
import { denied } from "./denied";
import { logOutcome } from "./log-outcome";
import { requireViewer } from "./page";
import { redirect } from "./redirect";
import { requestIdHeader } from "./request-headers";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import type { PersonContext } from "@/lib/domain/context";

/**
 * Runs an action that has no field to say anything beside, of the gated page at `path`, for the viewer whom that page
 * lets in, and goes on to the path that `work` returns. Without the permission that a verb asks for, to the 403.
 */
export async function runPersonAction(
  path: string,
  work: (ctx: PersonContext) => Promise<string>,
): Promise<never> {
  const viewer = await requireViewer(path);
  redirect(await destination(viewer, work));
}

async function destination(
  viewer: PersonContext["actor"]["viewer"],
  work: (ctx: PersonContext) => Promise<string>,
): Promise<string> {
  try {
    return await work(await personContext(viewer));
  } catch (error) {
    if (!(error instanceof PermissionDenied)) throw error;
    await denied(error);
    const reference = (await headers()).get(requestIdHeader) ?? "";
    return logOutcome("permission_denied", reference);
  }
}
