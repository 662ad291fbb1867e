import "server-only";
import { note, ok, type Finding } from "./finding";
import { isInRange } from "@/lib/domain/identity/breached-passwords";
import { environment } from "@/lib/env";
import { OutboundError } from "@/lib/platform/http/bounded-fetch";

/** Whether the service of breached passwords answers, and knows one that was in every leak. */
export async function checkBreachedPasswords(): Promise<readonly Finding[]> {
  const { BREACHED_PASSWORDS_URL: service } = environment();
  if (service === undefined)
    return [
      note(
        "BREACHED_PASSWORDS_URL is not set: new passwords are held against the list of common ones alone",
        "Set it to a range service, for example https://api.pwnedpasswords.com/range/.",
      ),
    ];
  const advice = "See BREACHED_PASSWORDS_URL. Until it is mended, breached passwords are taken.";
  try {
    return [
      (await isInRange(service, "password"))
        ? ok("the service of breached passwords knows the commonest of them")
        : note("the service of breached passwords does not know the commonest of them", advice),
    ];
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return [note(error.message, advice)];
  }
}
