import { randomUUID } from "node:crypto";
import { eq, or } from "drizzle-orm";
import { ownIssuer } from "./api-audience";
import { mintAccessToken } from "./mint-access-token";
import { database, sql } from "@/db/client";
import { users } from "@/db/schema";
import { createSession } from "@/lib/domain/sessions/create-session";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { apiPaths } from "@/lib/routes";

// npm run token -- ada: an access token for our own API, with a session of its own, to try the API out in development.
const ctx = {
  actor: { kind: "system", name: "token-command" },
  requestId: randomUUID(),
  address: null,
  userAgent: "npm run token",
  now: () => new Date(),
  db: database(),
} as const;

try {
  console.log(await tokenFor(process.argv[2] ?? ""));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await sql().end();
}

async function tokenFor(name: string): Promise<string> {
  if (!["localhost", "127.0.0.1"].includes(new URL(ownIssuer()).hostname))
    throw new Error("Tokens are handed out like this on a developer's own machine alone.");
  const [user] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(or(eq(users.username, name), eq(users.email, name)));
  if (user === undefined) throw new Error(`Nobody is called "${name}" here. Usage: npm run token -- ada`);
  const session = await createSession(ctx, { userId: user.id });
  const found = await findSessionById(session.id);
  if (found === null) throw new Error(`${name} may not sign in.`);
  const { token, expiresAt } = await mintAccessToken(ctx, { viewer: found.viewer, audience: ownIssuer() });
  const url = new URL(apiPaths.me, ownIssuer()).href;
  console.error(`Valid until ${expiresAt.toISOString()}. Try: curl -H "Authorization: Bearer $TOKEN" ${url}`);
  return token;
}
