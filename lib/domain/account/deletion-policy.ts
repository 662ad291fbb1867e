import "server-only";

/** How long somebody can come back after asking for their account to be deleted. */
export const graceDays = 7;
