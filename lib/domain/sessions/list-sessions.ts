import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { coarseAddress } from "./coarse-address";
import { describeDevice } from "./describe-device";
import { isLive } from "./live-session";
import { sessions } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { providerName } from "@/lib/domain/oidc/provider-config";
import type { SessionView } from "@/lib/shared/views";

const maxListed = 100;

/** The live sessions of the person who asks, the one in use first, then by last use. */
export async function listSessions(ctx: PersonContext): Promise<readonly SessionView[]> {
  const { userId, sessionId } = ctx.actor.viewer;
  const rows = await ctx.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive()))
    .orderBy(desc(sql`${sessions.id} = ${sessionId}`), desc(sessions.lastSeenAt))
    .limit(maxListed);
  return rows.map((row) => ({
    id: row.id,
    current: row.id === sessionId,
    method: row.method,
    providerName: row.provider === null ? null : providerName(row.provider),
    device: describeDevice(row.userAgent),
    address: row.address === null ? null : coarseAddress(row.address),
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
  }));
}
