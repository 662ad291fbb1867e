import "server-only";
import type { Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/** Whoever has connected within such a time has hardly sent anything yet. */
const shortWaitMilliseconds = 2;
const patienceForShortWaitMilliseconds = 1_000;

/**
 * Stops listening. The system takes connections before the process does, and cuts off those that it has not taken over by
 * then, with the form that somebody has just sent on one. So the process connects to itself, and stops in the moment in which
 * its own turn comes, once that took no longer than an instant.
 */
export async function stopListening(server: Server): Promise<void> {
  const address = server.address();
  const until = performance.now() + patienceForShortWaitMilliseconds;
  if (address === null || typeof address === "string") {
    server.close();
    return;
  }
  const stops = (waited: number) => {
    const now = waited <= shortWaitMilliseconds || performance.now() > until;
    if (now) server.close();
    return now;
  };
  while (!(await ownTurn(server, address, stops)));
}

/** Connects to the server's own port and calls `then` with the milliseconds that it waited, in the moment it is taken over. */
function ownTurn(
  server: Server,
  { port, address }: AddressInfo,
  then: (waited: number) => boolean,
): Promise<boolean> {
  const anywhere: Readonly<Record<string, string>> = { "::": "::1", "0.0.0.0": "127.0.0.1" };
  return new Promise((resolve) => {
    // In a timer: what it begins is the next thing that the event loop looks at.
    setTimeout(() => {
      const begun = performance.now();
      const own = connect(port, anywhere[address] ?? address);
      const end = () => {
        server.off("connection", note);
        own.destroy();
        resolve(then(performance.now() - begun));
      };
      const note = (socket: Socket) => {
        if (socket.remotePort === own.localPort) end();
      };
      server.on("connection", note);
      own.once("error", end);
      own.setTimeout(patienceForShortWaitMilliseconds, end);
    }, 1);
  });
}
