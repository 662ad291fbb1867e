import "server-only";

/** How long somebody can come back after asking for their account to be deleted. */
export const graceDays = 7;

/** How old an account becomes whose address nobody has proved and to which nobody has come back ({@link purgeAccounts}). */
export const unprovedDays = 90;
