import { connect, type Socket } from "node:net";

interface Target {
  readonly host?: string | undefined;
  readonly port?: number | string | undefined;
  readonly connectionTimeout?: number | undefined;
}

type Done = (error: Error | null, opened: { connection: Socket } | false) => void;

/**
 * Connects for nodemailer the way every other connection of this process is made: by the names of the system, with
 * /etc/hosts and `localhost` (RFC 6761 section 6.3), and by both families of addresses (RFC 8305).
 */
export function connectByName({ host, port, connectionTimeout }: Target, done: Done): void {
  // Left to itself it asks a name server first, and a name server that is silent ends the attempt.
  const socket = connect({ host: host ?? "localhost", port: Number(port) });
  const limit = setTimeout(() => {
    socket.destroy(Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" }));
  }, connectionTimeout);
  const failed = (error: Error) => {
    clearTimeout(limit);
    done(error, false);
  };
  socket.once("error", failed);
  socket.once("connect", () => {
    clearTimeout(limit);
    socket.off("error", failed);
    done(null, { connection: socket });
  });
}
