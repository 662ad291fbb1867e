import "server-only";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { mailsPerAddressAndHour } from "./delivery-policy";
import { renderMail, type MailContent } from "./render-mail";
import { mailOutbox } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { sealSecret } from "@/lib/domain/tokens/vault";
import { sendsMail } from "@/lib/env";
import { normalizeEmail } from "@/lib/shared/email-address";

interface MailToQueue {
  readonly to: string;
  /** For example `verify_email`: what is counted, and what the log names. */
  readonly kind: string;
  readonly content: MailContent;
  /** When the mail is of no more use, because what it holds has expired. */
  readonly usefulUntil: Date;
  /**
   * `nobody` does all the work for a mail that is never sent, so that a request about an unknown address takes as long as
   * one about a known one.
   */
  readonly audience?: "recipient" | "nobody";
}

/**
 * Writes a mail into the outbox; call it in the transaction of the change that it tells of. An address gets at most
 * {@link mailsPerAddressAndHour} of a kind within an hour, counted in the statement that writes.
 * @returns `capped` when there were too many, `off` when the application sends no mail; nothing is written then.
 */
export async function queueMail(
  tx: Context,
  { to, kind, content, usefulUntil, audience = "recipient" }: MailToQueue,
): Promise<"queued" | "capped" | "off"> {
  if (!sendsMail()) return "off";
  const address = normalizeEmail(to);
  if (address === null) throw new TypeError("a mail needs an e-mail address");
  const id = randomUUID();
  const sealed = sealSecret({ table: "mail_outbox", id }, JSON.stringify(renderMail(content)));
  const forNobody = audience === "nobody";
  const counted = address.toLowerCase();
  // Two requests at once would each count without the other.
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`mail ${kind} ${counted}`}, 0))`);
  const written = await tx.db.execute(sql`
    insert into ${mailOutbox} (id, recipient, kind, content_sealed, useful_until, gave_up_at, gave_up_reason)
    select ${id}::uuid, ${address}, ${kind}, ${forNobody ? null : sealed}, ${usefulUntil.toISOString()}::timestamptz,
      ${forNobody ? sql`now()` : null}::timestamptz, ${forNobody ? "nobody" : null}
    where (
      select count(*) from ${mailOutbox} o
      where lower(o.recipient) = ${counted} and o.kind = ${kind} and o.created_at > now() - interval '1 hour'
    ) < ${mailsPerAddressAndHour}
    returning id`);
  return written.length === 0 ? "capped" : "queued";
}
