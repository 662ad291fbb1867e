import { SMTPServer } from "smtp-server";
import { listenOnLoopback } from "../../dev/launch/loopback";
import { findFreePort } from "../../dev/launch/ports";

/** A step of the conversation at which the peer can do something else than usual (RFC 5321 section 3). */
export type SmtpStep = "connect" | "recipient" | "data" | "accepted";

export interface SmtpPeer {
  readonly port: number;
  /** Mails taken whole, newest last, whether or not the sender heard of it. */
  readonly mails: readonly { readonly to: readonly string[]; readonly raw: string }[];
  /** What to do at a step instead of going on: answer with a status, hang up, or wait for whatever `then` does. */
  misbehave(step: SmtpStep, how: { status: number } | "hang up" | (() => Promise<void> | void)): void;
  /** The peer is good again, and has no mail. */
  reset(): void;
  close(): Promise<void>;
}

/** An SMTP server that takes every mail unless it is told otherwise. */
export async function startSmtpPeer(): Promise<SmtpPeer> {
  const port = await findFreePort();
  const mails: { to: string[]; raw: string }[] = [];
  const moods = new Map<SmtpStep, Parameters<SmtpPeer["misbehave"]>[1]>();

  async function meet(step: SmtpStep, hangUp: () => void): Promise<Error | undefined> {
    const mood = moods.get(step);
    if (mood === undefined) return undefined;
    if (typeof mood === "function") await mood();
    else if (mood === "hang up") hangUp();
    else return Object.assign(new Error("told to"), { responseCode: mood.status });
    return mood === "hang up" ? new Error("hung up") : undefined;
  }

  const servers = await listenOnLoopback(port, () => {
    const server: SMTPServer = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      closeTimeout: 200,
      disableReverseLookup: true,
      onConnect: (_, done) => void meet("connect", hangUp).then(done),
      onRcptTo: (_, __, done) => void meet("recipient", hangUp).then(done),
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.once("end", () => {
          void (async () => {
            const refused = await meet("data", hangUp);
            if (refused !== undefined) {
              done(refused);
              return;
            }
            const to = session.envelope.rcptTo.map(({ address }) => address);
            mails.push({ to, raw: Buffer.concat(chunks).toString("utf8") });
            done(await meet("accepted", hangUp));
          })();
        });
      },
    });
    // A sender that hangs up in the middle is part of the tests.
    server.on("error", () => undefined);
    function hangUp(): void {
      for (const connection of server.connections as Set<{ _socket: { destroy(): void } }>)
        connection._socket.destroy();
    }
    return server;
  });
  return {
    port,
    mails,
    misbehave: (step, how) => void moods.set(step, how),
    reset() {
      moods.clear();
      mails.length = 0;
    },
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(resolve);
            }),
        ),
      );
    },
  };
}
