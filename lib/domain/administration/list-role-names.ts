import "server-only";
import { asc } from "drizzle-orm";
import { roles } from "@/db/schema";
import type { Context } from "@/lib/domain/context";

/** The names of all roles, built in or not. */
export async function listRoleNames({ db }: Context): Promise<readonly string[]> {
  const rows = await db.select({ name: roles.name }).from(roles).orderBy(asc(roles.name));
  return rows.map(({ name }) => name);
}
