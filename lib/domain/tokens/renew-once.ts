import "server-only";
import type { Grant } from "./grant";
import { isBackingOff, renewGrant } from "./renew-grant";
import type { Renewal } from "./settle-refresh";
import type { Context } from "@/lib/domain/context";
import { findProviderOf, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { SingleFlight } from "@/lib/platform/single-flight";

interface Options {
  readonly minimumValiditySeconds: number;
  readonly rejected?: string | undefined;
}

const flights = new SingleFlight<Renewal>();

/** Whoever waits longer than this for a renewal goes on without it; the renewal itself goes on too. */
const patienceMilliseconds = 9_000;

/**
 * Renews a grant, once for all who ask in this process while it lasts; {@link renewGrant} sees to the other processes.
 * A provider that failed a moment ago is left alone, and a grant that nobody can renew has ended.
 */
export async function renewOnce(ctx: Context, grant: Grant, options: Options): Promise<Renewal> {
  const { row } = grant;
  const provider = renewer(grant);
  if (provider === null) return { kind: "ended" };
  if (isBackingOff(row, ctx.now())) return { kind: "unavailable" };
  return patiently(flights.run(row.id, () => renewGrant(ctx, { grant: row, provider, ...options })));
}

/** Who can renew the grant. */
export function renewer({ row, refreshToken }: Grant): ProviderConfig | null {
  if (refreshToken === null || row.endedAt !== null) return null;
  return findProviderOf(row);
}

async function patiently(renewal: Promise<Renewal>): Promise<Renewal> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Renewal>((resolve) => {
    timer = setTimeout(resolve, patienceMilliseconds, { kind: "unavailable" });
  });
  try {
    return await Promise.race([renewal, late]);
  } finally {
    clearTimeout(timer);
  }
}
