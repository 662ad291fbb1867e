import "server-only";

/** How many mails of one kind an address gets within an hour. */
export const mailsPerAddressAndHour = 5;

/** How long an attempt has the mail to itself; more than the longest conversation with the server. */
export const leaseSeconds = 120;

/** After so many attempts a mail is given up: a little more than an hour. */
export const maxAttempts = 9;

/** How many mails one process hands in side by side. */
export const deliveriesAtOnce = 4;

/** How long the rest of a finished row is kept; it counts for {@link mailsPerAddressAndHour} until then. */
export const keepFinishedHours = 24;

/** The pause after the n-th failed attempt, in seconds: 15, 30, 60 … 3,600. */
export function pauseSeconds(attempts: number): number {
  return Math.min(15 * 2 ** (attempts - 1), 3_600);
}
