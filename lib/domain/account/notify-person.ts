import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { users } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { queueMail } from "@/lib/domain/mail/queue-mail";
import type { MailContent } from "@/lib/domain/mail/render-mail";

interface Notification {
  /** What is counted, and what the log names. */
  readonly kind: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action?: NonNullable<MailContent["action"]>;
}

const usefulMilliseconds = 3 * 24 * 60 * 60 * 1_000;

const notes = [
  "You get this because something about your account was changed. If it was not you, log in and end the sessions that are not yours.",
];

/**
 * Tells the person by mail what was done to their account (ASVS 6.3.7), when they have proved an address. Call it in the
 * transaction of the change.
 */
export async function notifyPerson(
  tx: Context,
  userId: string,
  { kind, subject, paragraphs, action }: Notification,
): Promise<void> {
  const [person] = await tx.db
    .select({ email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.emailVerified)));
  if (person?.email == null) return;
  await queueMail(tx, {
    to: person.email,
    kind,
    content: {
      ...{ subject, preview: paragraphs[0] ?? subject, heading: subject, paragraphs, notes },
      ...(action && { action }),
    },
    usefulUntil: new Date(tx.now().getTime() + usefulMilliseconds),
  });
}
