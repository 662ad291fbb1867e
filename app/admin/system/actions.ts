"use server";

import { diagnose } from "@/lib/domain/doctor/diagnose";
import { paths } from "@/lib/routes";
import { systemCheckedPath } from "@/lib/routes-admin";
import { runPersonAction } from "@/lib/web/run-action";

/** Looks at everything anew; not more often than every five seconds, whoever asks. */
export async function checkAgain(): Promise<void> {
  return runPersonAction(paths.adminSystem, async (ctx) => {
    await diagnose(ctx, { maxAgeSeconds: 5 });
    return systemCheckedPath;
  });
}
