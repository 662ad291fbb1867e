import { removePicture, uploadPicture } from "@/lib/domain/profile/change-picture";
import { loginPath, paths, profileSettingsPath } from "@/lib/routes";
import { seeOther } from "@/lib/web/answers";
import { formRoute } from "@/lib/web/form-route";
import { personContext } from "@/lib/web/context";
import { currentViewer } from "@/lib/web/viewer";

const maxPictureBytes = 5 * 1024 * 1024;
/** What multipart/form-data adds to one file. */
const wrappingBytes = 16 * 1024;

/** The viewer's picture: field `picture` holds a file, or `remove` anything. */
export const POST = formRoute(
  async (_ctx, form) => {
    const state = await currentViewer();
    if (state.status !== "signed-in") return seeOther(loginPath(paths.profileSettings, "session-ended"));
    const ctx = await personContext(state.viewer);
    if (form("remove") !== null) {
      await removePicture(ctx);
      return seeOther(profileSettingsPath("picture-removed"));
    }
    const file = form.file("picture");
    if (file === null || file.size === 0) return seeOther(profileSettingsPath("no-picture"));
    if (file.size > maxPictureBytes) return seeOther(profileSettingsPath("picture-too-large"));
    const uploaded = await uploadPicture(ctx, new Uint8Array(await file.arrayBuffer()));
    return seeOther(profileSettingsPath(uploaded.ok ? "picture-saved" : "not-a-picture"));
  },
  { maxBytes: maxPictureBytes + wrappingBytes, tooLarge: profileSettingsPath("picture-too-large") },
);
