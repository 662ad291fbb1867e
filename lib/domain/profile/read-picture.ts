import "server-only";
import { eq } from "drizzle-orm";
import { userPictures } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";

/** An uploaded picture, for anybody signed in who knows its address; WebP. */
export async function readPicture(ctx: PersonContext, { id }: { id: string }): Promise<Uint8Array | null> {
  const [row] = await ctx.db
    .select({ content: userPictures.content })
    .from(userPictures)
    .where(eq(userPictures.id, id));
  return row?.content ?? null;
}
