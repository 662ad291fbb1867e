import { z } from "zod";
import { displayName } from "@/lib/shared/display-name";
import { normalizeEmail } from "@/lib/shared/email-address";
import {
  maxPasswordLength,
  minPasswordLength,
  passwordLength as length,
} from "@/lib/shared/password-strength";
import { isStorableText } from "@/lib/shared/storable-text";

const existingPassword = z
  .string("Enter your password")
  .min(1, "Enter your password")
  .refine((value) => length(value) <= maxPasswordLength, "Passwords have at most 256 characters");

const newPassword = z
  .string("Choose a password")
  .min(1, "Choose a password")
  .refine(
    (value) => length(value) >= minPasswordLength,
    `Use at least ${String(minPasswordLength)} characters. A few words in a row are easy to remember`,
  )
  .refine((value) => length(value) <= maxPasswordLength, "Use at most 256 characters");

export const signInSchema = z.object({
  identifier: z
    .string("Enter your user name or e-mail address")
    .trim()
    .min(1, "Enter your user name or e-mail address")
    .max(254, "User names and e-mail addresses have at most 254 characters")
    .refine(isStorableText, "That user name or e-mail address is not right"),
  password: existingPassword,
});

export const confirmPasswordSchema = z.object({ password: existingPassword });

const emailAddress = z.string("Enter your e-mail address").transform((value, context) => {
  const email = normalizeEmail(value);
  if (email === null)
    context.addIssue({ code: "custom", message: "Enter an e-mail address like name@example.org" });
  return email ?? z.NEVER;
});

const username = z
  .string("Choose a user name")
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{1,38}$/,
    "Use 2 to 39 letters, digits, dots, dashes or underscores, and begin with a letter or digit",
  );

export const signUpSchema = z.object({
  username,
  email: emailAddress,
  name: displayName,
  password: newPassword,
});

export const forgotPasswordSchema = z.object({ email: emailAddress });

export const changeEmailSchema = z.object({ email: emailAddress });

export const emailSignInSchema = z.object({ email: emailAddress });

/** Six digits, however they are grouped: one of more or fewer is not worth one of the few guesses. */
export const codeSchema = z.object({
  code: z
    .string("Type the code from the mail")
    .transform((value) => value.normalize("NFKC").replace(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{6}$/, "The code has six digits")),
});

export const resetPasswordSchema = z.object({ token: z.string(), password: newPassword });

/** A box that is ticked comes with a value, one that is not does not come at all. */
const ticked = z
  .string()
  .optional()
  .transform((value) => value !== undefined);

export const changePasswordSchema = z.object({
  current: existingPassword,
  password: newPassword,
  endOthers: ticked,
});

export const setPasswordSchema = z.object({
  /** Not asked of somebody who has one. */
  username: username.optional().transform((value) => value ?? null),
  password: newPassword,
  endOthers: ticked,
});

export type SignInInput = z.output<typeof signInSchema>;
export type SignUpInput = z.output<typeof signUpSchema>;
