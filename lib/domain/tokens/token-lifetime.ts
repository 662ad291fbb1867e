import "server-only";

const longestLifetimeSeconds = 366 * 24 * 60 * 60;

/**
 * The lifetime that `expires_in` states, in whole seconds; null when it is missing or makes no sense. Digits in a string
 * count, since some providers send them. An unknown lifetime means: use the token until the API refuses it.
 */
export function lifetimeSeconds(expiresIn: unknown): number | null {
  const seconds =
    typeof expiresIn === "string" && /^\d{1,12}$/.test(expiresIn) ? Number(expiresIn) : expiresIn;
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || seconds < 1) return null;
  return Math.min(Math.floor(seconds), longestLifetimeSeconds);
}

/** When a token obtained at `now` ends; null when its lifetime is unknown. */
export function expiryOf(lifetime: number | null, now: Date): Date | null {
  return lifetime === null ? null : new Date(now.getTime() + lifetime * 1000);
}
