import "server-only";
import { changeName } from "./change-name";
import { removePicture, takePictureUrl } from "./change-picture";
import { inTransaction, type PersonContext } from "@/lib/domain/context";

/** What to change; what is left out stays. */
interface ProfileChange {
  readonly name?: string | null | undefined;
  /** An https address, or null for the initials. */
  readonly picture?: string | null | undefined;
}

/** Changes the profile of the person who asks, all of it or nothing. */
export function changeProfile(ctx: PersonContext, { name, picture }: ProfileChange): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    if (name !== undefined) await changeName(tx, { name });
    if (picture === null) await removePicture(tx);
    else if (picture !== undefined) await takePictureUrl(tx, { pictureUrl: picture });
  });
}
