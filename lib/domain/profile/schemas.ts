import { z } from "zod";
import { isStorableText } from "@/lib/shared/storable-text";

export const nameSchema = z.object({
  name: z
    .string()
    .trim()
    .max(200, "Use at most 200 characters")
    .refine(isStorableText, "Leave out the characters that cannot be seen")
    .transform((value) => (value === "" ? null : value)),
});

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
