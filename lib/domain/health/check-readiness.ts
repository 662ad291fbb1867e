import "server-only";
import { desc } from "drizzle-orm";
import { database, sql } from "@/db/client";
import { pendingMigrations } from "@/db/pending-migrations";
import { signingKeys } from "@/db/schema";
import { canSign } from "@/lib/domain/issuer/rotate-signing-keys";
import { discoveryUrl } from "@/lib/domain/oidc/metadata";
import { providerConfigs, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { withDeadline } from "@/lib/platform/deadline";
import { boundedFetch } from "@/lib/platform/http/bounded-fetch";

/** Whether this instance can serve, and what of its surroundings cannot be used. */
export interface Readiness {
  readonly status: "ready" | "degraded" | "unavailable";
  /** For the log and for metrics: nothing for strangers. */
  readonly failed: readonly string[];
}

const deadlineMilliseconds = 2_000;
const providerFreshMilliseconds = 30_000;
const discoveryBounds = { timeoutMilliseconds: deadlineMilliseconds, maxBytes: 1_048_576 };

/**
 * Asks within {@link deadlineMilliseconds} what serving needs: the database, its migrations, and an encryption key that
 * opens what is stored. Without a provider the instance is degraded, and serves: sessions and local accounts go on.
 */
export async function checkReadiness(): Promise<Readiness> {
  const [database, providers] = await Promise.all([failedInDatabase(), failedProviders()]);
  const status = database.length > 0 ? "unavailable" : providers.length > 0 ? "degraded" : "ready";
  return { status, failed: [...database, ...providers] };
}

async function failedInDatabase(): Promise<readonly string[]> {
  try {
    return await withDeadline(failedRecords(), deadlineMilliseconds);
  } catch {
    return ["database"];
  }
}

async function failedRecords(): Promise<readonly string[]> {
  if ((await pendingMigrations(sql())) > 0) return ["migrations"];
  const keys = await database().select().from(signingKeys).orderBy(desc(signingKeys.activeAt));
  const now = new Date();
  // Without any key the first one is made when it is needed.
  return keys.length === 0 || keys.some((key) => canSign(key, now)) ? [] : ["keys"];
}

const providers = new Map<string, { readonly answers: boolean; readonly askedAt: number }>();

async function failedProviders(): Promise<readonly string[]> {
  const answers = await Promise.all(
    providerConfigs().map(async (one) => [one.id, await reaches(one)] as const),
  );
  return answers.flatMap(([id, answered]) => (answered ? [] : [`provider ${id}`]));
}

async function reaches({ issuer }: ProviderConfig): Promise<boolean> {
  const known = providers.get(issuer);
  if (known !== undefined && Date.now() - known.askedAt < providerFreshMilliseconds) return known.answers;
  const answers = await boundedFetch(discoveryUrl(issuer), {}, discoveryBounds).then(
    ({ status }) => status === 200,
    () => false,
  );
  providers.set(issuer, { answers, askedAt: Date.now() });
  return answers;
}
