import { z } from "zod";
import { readPicture } from "@/lib/domain/profile/read-picture";
import { apiFailure } from "@/lib/web/api-answer";
import { apiRoute } from "@/lib/web/api-route";

const headers = {
  "Content-Type": "image/webp",
  // Another picture has another address.
  "Cache-Control": "private, max-age=31536000, immutable",
  "Content-Disposition": 'inline; filename="picture.webp"',
};

/** An uploaded picture, for the pages of whoever is signed in. The middleware gives it a policy of its own. */
export const GET = apiRoute<{ id: string }>({}, async (ctx, { params }) => {
  const id = z.uuid().safeParse(params.id);
  const content = id.success ? await readPicture(ctx, { id: id.data }) : null;
  if (content === null) return apiFailure("not_found", "There is no such picture.");
  return new Response(new Uint8Array(content), { headers });
});
