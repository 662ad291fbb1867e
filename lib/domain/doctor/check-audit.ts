import "server-only";
import { age, count, duration, failed, ok, warning } from "./finding";
import { database } from "@/db/client";
import { sealingState, type SealingState } from "@/lib/domain/audit/sealing-state";
import type { Finding } from "@/lib/shared/diagnosis";

/** A running process seals every 15 seconds. */
const lateSeconds = 5 * 60;

/** Whether the audit log is chained up to now. */
export async function checkAudit(): Promise<readonly Finding[]> {
  return judgeSealing(await sealingState(database()), new Date());
}

export function judgeSealing(
  { sealedAt, genuine, waiting, oldestWaiting }: SealingState,
  now: Date,
): readonly Finding[] {
  const until = sealedAt === null ? "never sealed" : `sealed until ${sealedAt.toISOString()}`;
  const text = `the audit log is ${until}; ${count(waiting, "row waits", "rows wait")}`;
  const late = oldestWaiting !== null && age(oldestWaiting, now) > lateSeconds;
  const findings = [
    late
      ? warning(
          "sealed",
          `${text}, the oldest for ${duration(age(oldestWaiting, now))}`,
          "Where no process runs all the time, have a scheduler call /api/cron/seal-audit; else look for audit_sealing_failed in the log.",
        )
      : ok("sealed", text),
  ];
  if (genuine === false)
    findings.push(
      failed(
        "genuine",
        "the newest seal of the audit log was not made with our key",
        "Somebody wrote to it by hand, or a key of TOKEN_ENCRYPTION_KEYS has changed under its id: `npm run audit:verify` names the first bad row.",
      ),
    );
  return findings;
}
