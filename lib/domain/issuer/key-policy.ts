import "server-only";

/** How long an access token of ours lives. */
export const tokenLifetimeSeconds = 5 * 60;

/** How long before its first signature a new key is published, so that every instance and every API has seen it. */
export const publishBeforeSeconds = 10 * 60;

/** Keys older than this are replaced by themselves. */
export const keyMaxAgeSeconds = 90 * 24 * 60 * 60;

/** How long an instance works with the keys that it read. Well below {@link publishBeforeSeconds}. */
export const keyCacheSeconds = 30;

/** How long a key stays published after its successor began to sign: the last token, a stale cache, skewed clocks. */
export const retireAfterSeconds = tokenLifetimeSeconds + keyCacheSeconds + 90;
