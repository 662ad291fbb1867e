/** So many points in so many seconds; the window begins with the first point. */
export interface RateLimitPolicy {
  readonly points: number;
  readonly seconds: number;
}

/**
 * Every limit against abuse, in one place. `docs/rate-limits.md` says what each is for; `RATE_LIMITS` changes any of
 * them. (ASVS 6.1.1, 6.3.1; NIST SP 800-63B-4 section 3.2.2 allows an account at most 100 consecutive failures)
 */
export const rateLimitPolicies = {
  sign_in_pair: { points: 10, seconds: 15 * 60 },
  sign_in_account: { points: 50, seconds: 24 * 60 * 60 },
  sign_in_address: { points: 100, seconds: 15 * 60 },
  sign_in_address_under_attack: { points: 5, seconds: 15 * 60 },
  sign_in_global: { points: 1_000, seconds: 60 },
  sign_up_address: { points: 20, seconds: 60 * 60 },
  sign_up_global: { points: 2_000, seconds: 60 * 60 },
  denied_person: { points: 30, seconds: 60 * 60 },
  email_change_person: { points: 10, seconds: 60 * 60 },
  logout_token_address: { points: 300, seconds: 60 },
} as const satisfies Record<string, RateLimitPolicy>;

export type RateLimitName = keyof typeof rateLimitPolicies;

export function isRateLimitName(value: string): value is RateLimitName {
  return Object.hasOwn(rateLimitPolicies, value);
}
