"use server";

import { revalidatePath } from "next/cache";
import { changeName } from "@/lib/domain/profile/change-name";
import { takePictureUrl } from "@/lib/domain/profile/change-picture";
import { nameSchema, pictureUrlSchema } from "@/lib/domain/profile/schemas";
import { paths, profileSettingsPath } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { runPersonForm } from "@/lib/web/run-form";

/** Saves the viewer's name; an empty one takes it away. */
export async function saveName(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: nameSchema, keep: ["name"] };
  return runPersonForm(paths.profileSettings, previous, form, definition, async (ctx, input) => {
    await changeName(ctx, input);
    showEverywhere();
    return { redirectTo: profileSettingsPath("name-saved") };
  });
}

/** Takes a picture on the web as the viewer's. */
export async function savePictureUrl(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: pictureUrlSchema, keep: ["pictureUrl"] };
  return runPersonForm(paths.profileSettings, previous, form, definition, async (ctx, input) => {
    await takePictureUrl(ctx, input);
    showEverywhere();
    return { redirectTo: profileSettingsPath("picture-saved") };
  });
}

/** The header shows the person too, and a browser with scripts would keep the one it has. */
function showEverywhere(): void {
  revalidatePath("/", "layout");
}
