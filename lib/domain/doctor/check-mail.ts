import "server-only";
import { count, duration, failed, ok, warning } from "./finding";
import { database } from "@/db/client";
import { mailBacklog, mailsFinished } from "@/lib/domain/mail/mail-backlog";
import { sendsMail } from "@/lib/env";
import { tryMailServer } from "@/lib/platform/mail/smtp";
import type { Finding } from "@/lib/shared/diagnosis";

/** A mail that waits longer has been put off several times. */
const longWaitSeconds = 15 * 60;

/** Whether the mail server takes us, and what becomes of mails. */
export async function checkMail(): Promise<readonly Finding[]> {
  if (!sendsMail())
    return [
      warning(
        "server",
        "SMTP_URL is not set: no mail is sent",
        "Set SMTP_URL and MAIL_FROM; without them nobody can confirm an address or replace a forgotten password.",
      ),
    ];
  const [reason, backlog, finished] = await Promise.all([
    tryMailServer(),
    mailBacklog(database()),
    mailsFinished(database()),
  ]);
  return [judgeServer(reason), judgeBacklog(backlog), judgeFinished(finished)];
}

export function judgeServer(reason: string | null): Finding {
  return reason === null
    ? ok("server", "the mail server answers and lets us in")
    : failed(
        "server",
        `the mail server does not take mail: ${reason}`,
        "See SMTP_URL: host, port, user and password, and that this machine reaches it.",
      );
}

export function judgeBacklog({
  waiting,
  oldestSeconds,
}: {
  waiting: number;
  oldestSeconds: number;
}): Finding {
  if (waiting === 0) return ok("queue", "no mail waits");
  const text = `${count(waiting, "mail waits", "mails wait")}, the oldest for ${duration(oldestSeconds)}`;
  return oldestSeconds > longWaitSeconds
    ? warning(
        "queue",
        text,
        "mail_deferred in the log says why; what waits goes out once the server takes it.",
      )
    : ok("queue", text);
}

export function judgeFinished({ delivered, gaveUp }: { delivered: number; gaveUp: number }): Finding {
  const text = `${count(delivered, "mail was", "mails were")} delivered and ${String(gaveUp)} given up in a day`;
  return gaveUp * 10 > delivered
    ? warning(
        "given-up",
        text,
        "One address that does not exist: nothing. Several: mail_gave_up in the log says why.",
      )
    : ok("given-up", text);
}
