import "server-only";
import { actOn, type ActionFault } from "./act-on";
import { personDataOf, type PersonData } from "@/lib/domain/account/collect-person-data";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import { success, type Result } from "@/lib/shared/result";

/** Everything that is kept about a person, from one moment, without secrets: what they would get themselves. */
export function exportPerson(
  ctx: PersonContext,
  { userId }: { userId: string },
): Promise<Result<PersonData, ActionFault>> {
  return actOn(ctx, { permission: "export:users", userId, onOneself: true }, async (tx, person) => {
    // An address that the person has not proved may be somebody else's.
    const email = person.emailVerified === null ? null : person.email;
    const data = await personDataOf(tx, { userId, email });
    await recordEvent(tx, {
      event: "user_updated",
      subjectId: userId,
      details: { change: "data_downloaded", by: "administrator" },
    });
    return success(data);
  });
}
