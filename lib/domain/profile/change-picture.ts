import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { userPictures, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { squarePicture } from "@/lib/platform/images/square-picture";
import { picturePath } from "@/lib/routes-pictures";
import { failure, success, type Result } from "@/lib/shared/result";

/** Takes a picture on the web as the one of the person who asks. It is never fetched from here. */
export function takePictureUrl(ctx: PersonContext, { pictureUrl }: { pictureUrl: string }): Promise<void> {
  return inTransaction(ctx, (tx) => show(tx, pictureUrl, null));
}

/** Takes an uploaded picture, drawn anew. */
export async function uploadPicture(
  ctx: PersonContext,
  bytes: Uint8Array,
): Promise<Result<null, "not_a_picture">> {
  const content = await squarePicture(bytes);
  if (content === null) return failure("not_a_picture");
  const id = randomUUID();
  await inTransaction(ctx, (tx) => show(tx, picturePath(id), { id, content }));
  return success(null);
}

/** Shows the initials again. */
export function removePicture(ctx: PersonContext): Promise<void> {
  return inTransaction(ctx, (tx) => show(tx, null, null));
}

async function show(
  tx: PersonContext,
  image: string | null,
  upload: { readonly id: string; readonly content: Uint8Array } | null,
): Promise<void> {
  const { userId } = tx.actor.viewer;
  await tx.db.delete(userPictures).where(eq(userPictures.userId, userId));
  if (upload !== null) await tx.db.insert(userPictures).values({ userId, ...upload, createdAt: tx.now() });
  await tx.db.update(users).set({ image, ownImage: true, updatedAt: tx.now() }).where(eq(users.id, userId));
  await recordEvent(tx, { event: "user_updated", subjectId: userId, details: { change: "picture" } });
}
