import "server-only";
import { headers } from "next/headers";
import { personContext } from "./context";
import { pathnameHeader } from "./request-headers";
import { currentViewer } from "./viewer";
import { recordDenied } from "@/lib/domain/access/record-denied";
import type { PermissionDenied } from "@/lib/domain/access/require-permission";

/** Records that this request was denied and gives the sentence for it: what is missing, and who can give it. */
export async function denied(denial: PermissionDenied): Promise<string> {
  const state = await currentViewer();
  const path = (await headers()).get(pathnameHeader) ?? "";
  if (state.status === "signed-in") await recordDenied(await personContext(state.viewer), denial, path);
  return denial.reason === "missing"
    ? `This needs the permission ${denial.permission}, and your account does not have it. An administrator of this site can grant it.`
    : "This needs a proved e-mail address. Follow the link that we sent to yours first.";
}
