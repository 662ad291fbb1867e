import "server-only";
import { cookies } from "next/headers";
import { isTheme, themeCookieName, type Theme } from "@/lib/shared/theme";

/** The theme chosen in this browser, `system` when none was. */
export async function readTheme(): Promise<Theme> {
  const value = (await cookies()).get(themeCookieName)?.value;
  return isTheme(value) ? value : "system";
}
