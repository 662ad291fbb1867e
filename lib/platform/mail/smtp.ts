import "server-only";
import { PassThrough } from "node:stream";
import { createTransport } from "nodemailer";
import { environment } from "@/lib/env";
import { isLoopback } from "@/lib/env-rules";
import { connectByName } from "./connect-by-name";

/** One mail as it goes to the server. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names this mail for good, so that a receiver can tell a copy from another mail (RFC 5322 section 3.6.4). */
  readonly id: string;
  readonly date: Date;
}

/** What became of an attempt to hand a mail in. */
export type MailOutcome =
  | { readonly kind: "sent" }
  /** Not taken, and worth another try. */
  | { readonly kind: "deferred"; readonly reason: string }
  /** Refused for good: this recipient or this message (RFC 5321 section 4.2.1, 5yz). */
  | { readonly kind: "refused"; readonly reason: string }
  /** The message went out and no answer came back. */
  | { readonly kind: "unknown"; readonly reason: string };

const timeouts = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/**
 * Hands a mail in at SMTP_URL; answers within a minute. `smtps://` is TLS from the first byte, and `smtp://` must offer
 * STARTTLS unless the server is this machine.
 */
export async function sendMail(mail: OutgoingMail): Promise<MailOutcome> {
  const { MAIL_FROM } = environment();
  if (MAIL_FROM === undefined) throw new TypeError("mail is not configured");
  const transport = openTransport();
  let messageOut = false;
  // The message flows only once the server has asked for it, so its end divides "again" from "perhaps a second time".
  transport.use("stream", ({ message }, done) => {
    const end = new PassThrough({
      flush(flushed) {
        messageOut = true;
        flushed();
      },
    });
    message.transform(() => end);
    done();
  });
  try {
    await transport.sendMail({
      from: MAIL_FROM,
      to: { name: "", address: mail.to },
      envelope: { from: MAIL_FROM.address, to: [mail.to] },
      subject: oneLine(mail.subject),
      text: mail.text,
      html: mail.html,
      date: mail.date,
      messageId: `<${mail.id}@${MAIL_FROM.address.slice(MAIL_FROM.address.lastIndexOf("@") + 1)}>`,
      // RFC 3834 section 5: nobody's absence note answers a machine.
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
    return { kind: "sent" };
  } catch (error) {
    return outcomeOf(error, messageOut);
  } finally {
    transport.close();
  }
}

/** Speaks to the server as far as a mail would, login included, and sends none. @returns why that failed, or null */
export async function tryMailServer(): Promise<string | null> {
  const transport = openTransport();
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return reasonOf(error as SmtpFailure);
  } finally {
    transport.close();
  }
}

function openTransport() {
  const { SMTP_URL } = environment();
  if (SMTP_URL === undefined) throw new TypeError("mail is not configured");
  const implicitTls = SMTP_URL.protocol === "smtps:";
  const user = decodeURIComponent(SMTP_URL.username);
  return createTransport({
    ...timeouts,
    getSocket: connectByName,
    host: SMTP_URL.hostname.replace(/^\[|\]$/g, ""),
    port: SMTP_URL.port === "" ? (implicitTls ? 465 : 587) : Number(SMTP_URL.port),
    secure: implicitTls,
    requireTLS: !implicitTls && !isLoopback(SMTP_URL.hostname),
    ...(user !== "" && { auth: { user, pass: decodeURIComponent(SMTP_URL.password) } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

interface SmtpFailure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** Never the server's words: they repeat the address. */
function reasonOf({ code, command, responseCode }: SmtpFailure): string {
  return [code, command, responseCode].filter((part) => part !== undefined).join(" ") || "unknown";
}

/** The names that nodemailer gives to the steps of a conversation at which the mail itself is judged. */
const aboutTheMail = ["RCPT TO", "DATA"];

function outcomeOf(error: unknown, messageOut: boolean): MailOutcome {
  const { command, responseCode } = error as SmtpFailure;
  const reason = reasonOf(error as SmtpFailure);
  const judged = command !== undefined && aboutTheMail.includes(command);
  if (judged && responseCode !== undefined && responseCode >= 500) return { kind: "refused", reason };
  if (messageOut && responseCode === undefined) return { kind: "unknown", reason };
  return { kind: "deferred", reason };
}

/** A header holds one line; nodemailer encodes the rest. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
