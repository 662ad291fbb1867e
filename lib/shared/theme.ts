import { baseMark } from "./base-path";

/** The colour themes that a person can choose; `system` follows the device. */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

export const themeCookieName = `theme${baseMark}`;

export function isTheme(value: unknown): value is Theme {
  return (themes as readonly unknown[]).includes(value);
}
