import "server-only";
import { actOn, type ActionFault, type Person } from "./act-on";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import { forgive, limitOf, readSpent } from "@/lib/domain/rate-limits/counter";
import { success, type Result } from "@/lib/shared/result";

/** Whether so many wrong passwords were tried under the names of a person that none is accepted for now. */
export async function isLocked(
  person: Pick<Person, "username" | "email" | "emailVerified">,
): Promise<boolean> {
  const spent = await Promise.all(namesOf(person).map((name) => readSpent("sign_in_account", name)));
  return spent.some(({ points }) => points >= limitOf("sign_in_account"));
}

/** Forgets the wrong passwords that were tried under the names of a person, so that the right one is accepted again. */
export function liftLocks(
  ctx: PersonContext,
  { userId }: { userId: string },
): Promise<Result<void, ActionFault>> {
  return actOn(ctx, { permission: "update:users", userId }, async (tx, person) => {
    for (const name of namesOf(person)) await forgive("sign_in_account", name);
    await recordEvent(tx, { event: "user_updated", subjectId: userId, details: { change: "locks_lifted" } });
    return success(undefined);
  });
}

/** What a password can be tried under, as the counter of tries has it. */
function namesOf({ username, email }: Pick<Person, "username" | "email" | "emailVerified">): string[] {
  return [username, email].filter((name) => name !== null).map((name) => name.normalize("NFC").toLowerCase());
}
