import { connect, createServer, type Socket } from "node:net";
import { listenOnLoopback } from "../../dev/launch/loopback";
import { findFreePort } from "../../dev/launch/ports";

export interface DatabaseProxy {
  /** The database's connection string, through the proxy. */
  readonly url: string;
  /** Ends every connection and refuses new ones, as a server that died does. */
  cut(): void;
  /** Keeps every connection open and passes nothing on, as a network that swallows packets does. */
  stall(): void;
  /** Passes everything on again. */
  restore(): void;
  close(): Promise<void>;
}

/** Starts a TCP proxy before the PostgreSQL server of a connection string. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const port = await findFreePort();
  const open = new Set<Socket>();
  let state: "open" | "cut" | "stalled" = "open";

  const accept = (client: Socket) => {
    if (state === "cut") {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ host: target.hostname, port: Number(target.port || 5432) });
    for (const [one, other] of [[client, server] as const, [server, client] as const]) {
      open.add(one);
      one.on("data", (bytes) => {
        if (state === "open") other.write(bytes);
      });
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  };
  const servers = await listenOnLoopback(port, () => createServer(accept));
  const dropAll = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const url = new URL(databaseUrl);
  url.hostname = "localhost";
  url.port = String(port);

  return {
    url: url.href,
    cut() {
      state = "cut";
      dropAll();
    },
    stall() {
      state = "stalled";
    },
    restore() {
      // Bytes that a stalled connection swallowed are lost: it cannot go on.
      if (state === "stalled") dropAll();
      state = "open";
    },
    async close() {
      state = "cut";
      dropAll();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
