import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { listenOnLoopback, serveHttp } from "../launch/loopback";
import { MailStore } from "./store";
import { answer } from "./web";

/** What the mailbox needs to know. */
export interface MailboxSettings {
  readonly smtpPort: number;
  readonly webPort: number;
  /** Holds the mails. */
  readonly stateDir: string;
}

const sizeLimitBytes = 10_000_000;

/**
 * Starts the SMTP server, which takes every mail and delivers none, and the page to read them. A mail is accepted when
 * it is on disk. Rejects with the system's error when a port is taken.
 */
export async function startMailbox(settings: MailboxSettings): Promise<{ close(): Promise<void> }> {
  const store = new MailStore(settings.stateDir);
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    banner: "development mailbox",
    size: sizeLimitBytes,
    closeTimeout: 1_000,
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error("The mail is too large"), { responseCode: 552 }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        store.add(Buffer.concat(chunks), { from, to: rcptTo.map(({ address }) => address) });
        done();
      });
    },
  };
  const smtp = await listenOnLoopback(settings.smtpPort, () => {
    const server = new SMTPServer(options);
    // A client that hangs up in the middle is its own problem.
    server.on("error", (error) => {
      console.error(error.message);
    });
    return server;
  });
  const closeWeb = await serveHttp(settings.webPort, (request, response) => {
    answer(store, request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  return {
    async close() {
      const closed = smtp.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(resolve);
          }),
      );
      await Promise.all([...closed, closeWeb()]);
    },
  };
}
