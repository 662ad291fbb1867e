import "server-only";
import { examine } from "./examine";
import { requirePermission } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import { SingleFlight } from "@/lib/platform/single-flight";
import type { Diagnosis } from "@/lib/shared/diagnosis";

/** Shared by the bundles of the server through the process. */
const held = globalThis as { gatehouseDiagnosis?: Diagnosis };
const flights = new SingleFlight<Diagnosis>();

/**
 * What is wrong with the system, as this instance sees it. Whoever looks meanwhile, and within `maxAgeSeconds`, sees the
 * same, so that no number of views makes a flood of questions to the provider.
 */
export async function diagnose(
  ctx: Context,
  { maxAgeSeconds }: { readonly maxAgeSeconds: number },
): Promise<Diagnosis> {
  requirePermission(ctx, "read:system");
  const known = held.gatehouseDiagnosis;
  if (known !== undefined && ctx.now().getTime() - Date.parse(known.at) < maxAgeSeconds * 1000) return known;
  return flights.run("diagnosis", async () => (held.gatehouseDiagnosis = await examine()));
}
