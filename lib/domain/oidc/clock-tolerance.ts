import "server-only";

/** Seconds by which a provider's clock may differ from ours wherever a token of theirs is verified. */
export const clockToleranceSeconds = 60;
