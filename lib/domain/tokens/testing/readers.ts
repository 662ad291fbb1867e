import { grantRow } from "./people";
import type { PersonContext } from "@/lib/domain/context";
import { getAccessToken } from "@/lib/domain/tokens/get-access-token";
import { openGrant } from "@/lib/domain/tokens/grant";

const readers = 40;

/** What 40 readers at once are told, each answer once. */
export async function readAtOnce(ctx: PersonContext): Promise<string[]> {
  const results = await Promise.all(Array.from({ length: readers }, () => getAccessToken(ctx)));
  return [...new Set(results.map((result) => (result.ok ? result.value.token : result.error.code)))];
}

/** The access token that the table holds. */
export async function storedToken(ctx: PersonContext): Promise<string> {
  return openGrant(await grantRow(ctx)).accessToken ?? "";
}
