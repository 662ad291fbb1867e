import "server-only";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import type { Server, ServerResponse } from "node:http";
import { stopListening } from "./stop-listening";

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
