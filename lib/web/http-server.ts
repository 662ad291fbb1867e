import "server-only";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import type { Server, ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

interface Started {
  readonly server: Server;
  readonly response: ServerResponse;
}

const channel = "http.server.request.start";
const held = globalThis as { gatehouseServer?: Server };

/** More than the 60 seconds for which nginx, HAProxy and load balancers of clouds keep a connection that nobody uses. */
const idleMilliseconds = 75_000;

/**
 * Notes which server the framework listens with, at its first request, and has it keep idle connections for longer than
 * proxies do: a form sent on one that closes at that moment would be lost. Call it once, at start.
 */
export function noteServer(): void {
  subscribe(channel, note);
}

function note(message: unknown): void {
  const { server } = message as Started;
  server.keepAliveTimeout = Math.max(server.keepAliveTimeout, idleMilliseconds);
  held.gatehouseServer = server;
  unsubscribe(channel, note);
}

/**
 * Has every connection end with its next answer, so that proxies open none of them again when the server closes. The
 * server takes requests as before.
 */
export function shedConnections(): void {
  subscribe(channel, (message) => {
    (message as Started).response.shouldKeepAlive = false;
  });
}

/** Whoever has connected within such a time has hardly sent anything yet. */
const shortWaitMilliseconds = 2;
const patienceForShortWaitMilliseconds = 1_000;

/**
 * Stops listening. The system takes connections before the process does, and cuts off those that it has not taken over by
 * then, with the form that somebody has just sent on one. So the process connects to itself, and stops in the moment in which
 * its own turn comes, once that took no longer than an instant.
 */
async function stopListening(server: Server): Promise<void> {
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

/**
 * Takes no new connection and resolves when every request under way has its answer; cuts off what is left after the
 * patience is over. A server that never had a request has nothing to wait for.
 */
export async function closeServer(patienceMilliseconds: number): Promise<void> {
  const server = held.gatehouseServer;
  if (server?.listening !== true) return;
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 100);
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, patienceMilliseconds);
  const closed = once(server, "close");
  await stopListening(server);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
