import "server-only";
import { ok, warning } from "./finding";
import { isInRange } from "@/lib/domain/identity/breached-passwords";
import { environment } from "@/lib/env";
import { OutboundError } from "@/lib/platform/http/bounded-fetch";
import type { Finding } from "@/lib/shared/diagnosis";

const check = "breached";

/** Whether the service of breached passwords answers, and knows one that was in every leak. */
export async function checkBreachedPasswords(): Promise<readonly Finding[]> {
  const { BREACHED_PASSWORDS_URL: service } = environment();
  if (service === undefined)
    return [
      warning(
        check,
        "BREACHED_PASSWORDS_URL is not set: new passwords are held against the list of common ones alone",
        "Set it to a range service, for example https://api.pwnedpasswords.com/range/.",
      ),
    ];
  const fix = "See BREACHED_PASSWORDS_URL. Until it is mended, breached passwords are taken.";
  try {
    return [
      (await isInRange(service, "password"))
        ? ok(check, "the service of breached passwords knows the commonest of them")
        : warning(check, "the service of breached passwords does not know the commonest of them", fix),
    ];
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return [warning(check, error.message, fix)];
  }
}
