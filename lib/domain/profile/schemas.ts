import { z } from "zod";
import { displayName } from "@/lib/shared/display-name";

export const nameSchema = z.object({ name: displayName });

const advice = "Enter an address that begins with https://";

export const pictureUrlSchema = z.object({
  pictureUrl: z
    .string()
    .trim()
    .max(2_048, "Use an address of at most 2,048 characters")
    .refine((value) => isPictureUrl(value), advice)
    .transform((value) => new URL(value).href),
});

function isPictureUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return protocol === "https:" && username === "" && password === "";
}
