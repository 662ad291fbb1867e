import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";

interface Listenable {
  listen(options: { port: number; host: string }, listening: () => void): unknown;
  once(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * Opens one server for each loopback family, so that `localhost` works whichever way it resolves.
 * Rejects with the system's error, for example EADDRINUSE.
 */
export async function listenOnLoopback<S extends Listenable>(port: number, make: () => S): Promise<S[]> {
  const servers: S[] = [];
  for (const host of ["127.0.0.1", "::1"]) {
    const server = make();
    const opened = await new Promise<boolean>((resolve, reject) => {
      server.once("error", (error) => {
        // A machine may have one family alone.
        if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve(false);
        else reject(error);
      });
      server.listen({ port, host }, () => {
        resolve(true);
      });
    });
    if (opened) servers.push(server);
  }
  return servers;
}

/** Serves HTTP, or HTTPS, on both loopback families. The result closes it, idle and busy connections included. */
export async function serveHttp(
  port: number,
  listener: RequestListener,
  tls?: { readonly key: string; readonly cert: string },
): Promise<() => Promise<void>> {
  const make = (): Server =>
    tls === undefined ? createServer(listener) : createTlsServer({ key: tls.key, cert: tls.cert }, listener);
  const servers = await listenOnLoopback(port, make);
  return async () => {
    await Promise.all(
      servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => {
              resolve();
            });
            server.closeAllConnections();
          }),
      ),
    );
  };
}
