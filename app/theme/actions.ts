"use server";

import { cookies } from "next/headers";
import { isHttps } from "@/lib/env";
import { isTheme, themeCookieName } from "@/lib/shared/theme";

const oneYearSeconds = 365 * 24 * 60 * 60;

/** Keeps the theme of field `theme` in a cookie for a year. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = form.get("theme");
  if (!isTheme(theme)) return;
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() } as const;
  (await cookies()).set(themeCookieName, theme, { ...options, maxAge: oneYearSeconds });
}
