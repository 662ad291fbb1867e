import "server-only";
import Bowser from "bowser";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
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
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        sql`${sessions.expiresAt} > now()`,
        sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleTimeoutSeconds}) > now()`,
      ),
    )
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

function describeDevice(userAgent: string | null): string {
  if (userAgent === null || userAgent === "") return "Unknown device";
  const { browser, os } = Bowser.parse(userAgent);
  return (
    [browser.name, os.name].filter((name) => name !== undefined && name !== "").join(" on ") ||
    "Unknown device"
  );
}

/** The network of an address: 24 bits of IPv4, 48 bits of IPv6. */
export function coarseAddress(address: string): string {
  const [, v4] = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/i.exec(address) ?? [];
  if (v4 !== undefined) return `${v4}.x`;
  const groups = address.split("::")[0]?.split(":").slice(0, 3).join(":");
  return groups === undefined || groups === "" ? "local" : `${groups}::x`;
}
