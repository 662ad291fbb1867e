import { eq } from "drizzle-orm";
import { liveContext } from "./people";
import { database } from "@/db/client";
import { providerTokens } from "@/db/schema";
import { findProviderConfig } from "@/lib/domain/oidc/provider-config";
import { getAccessToken } from "@/lib/domain/tokens/get-access-token";
import type { GrantLock } from "@/lib/domain/tokens/grant-lock";
import { renewGrant } from "@/lib/domain/tokens/renew-grant";

/** One instance of the application as far as tokens go: it reads the same access token many times at once. */
export interface ReadOrder {
  readonly sessionId: string;
  readonly readers: number;
  /** `none` is the control: each reader renews on its own. */
  readonly lock: "usual" | "none";
}

/** Each answer once. */
export type ReadReport = readonly string[];

process.on("message", (order: ReadOrder) => {
  void read(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.([String(error)]),
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.(["ready"]);

async function read({ sessionId, readers, lock }: ReadOrder): Promise<ReadReport> {
  const ctx = await liveContext(sessionId);
  const one = lock === "usual" ? () => getAccessToken(ctx).then(describe) : () => renewUnlocked(sessionId);
  return [...new Set(await Promise.all(Array.from({ length: readers }, one)))];
}

function describe(result: Awaited<ReturnType<typeof getAccessToken>>): string {
  return result.ok ? result.value.token : result.error.code;
}

const noLock: GrantLock = async (grantId, work) => {
  const [row] = await database().select().from(providerTokens).where(eq(providerTokens.id, grantId));
  return row === undefined ? null : work({ row, db: database() });
};

async function renewUnlocked(sessionId: string): Promise<string> {
  const [grant] = await database()
    .select()
    .from(providerTokens)
    .where(eq(providerTokens.sessionId, sessionId));
  const provider = findProviderConfig("oidc");
  if (grant === undefined || provider === null) throw new Error("there is nothing to renew");
  const renewal = await renewGrant(
    await liveContext(sessionId),
    { grant, provider, minimumValiditySeconds: 60 },
    noLock,
  );
  return renewal.kind === "current" ? (renewal.grant.accessToken ?? "none") : renewal.kind;
}
