import type { ProfileNotice } from "@/lib/routes";

/** What was done, in words; null for what went wrong with the picture. */
export const profileSuccesses: Readonly<Record<ProfileNotice, string | null>> = {
  "name-saved": "Your name is saved.",
  "picture-saved": "Your picture is saved.",
  "picture-removed": "Your picture is removed.",
  "no-picture": null,
  "not-a-picture": null,
  "picture-too-large": null,
};

/** What is wrong with the file that was sent. */
export const pictureErrors: Readonly<Partial<Record<ProfileNotice, string>>> = {
  "no-picture": "Choose a picture first",
  "not-a-picture": "That is no JPEG, PNG or WebP picture, or it has too many pixels. Choose another",
  "picture-too-large": "That file is larger than 5 MB. Choose a smaller one",
};
