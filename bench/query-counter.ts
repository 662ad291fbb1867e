import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/**
 * Stands between an application and PostgreSQL and counts what is executed, by its text. It reads the frontend's messages
 * (PostgreSQL documentation, chapter "Message Formats") and changes nothing; without TLS, as in the world.
 */
export class QueryCounter {
  /** Executions since {@link reset}, by the text of the statement. */
  readonly #counts = new Map<string, number>();
  readonly #sockets = new Set<Socket>();
  readonly #server;
  readonly #target: URL;

  constructor(databaseUrl: string) {
    this.#target = new URL(databaseUrl);
    this.#server = createServer((client) => {
      this.#pass(client);
    });
  }

  /** @returns the connection string to give to the application. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const url = new URL(this.#target);
    url.hostname = "127.0.0.1";
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  reset(): void {
    this.#counts.clear();
  }

  /** How often statements with `part` in their text were executed; all of them without it. */
  count(part = ""): number {
    return [...this.#counts].reduce((sum, [text, count]) => (text.includes(part) ? sum + count : sum), 0);
  }

  #pass(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    const statements = new Map<string, string>();
    const read = frontendMessages((type, body) => {
      if (type === "P") {
        const [name = "", text = ""] = strings(body);
        statements.set(name, text);
      } else if (type === "B") {
        const [, statement = ""] = strings(body);
        this.#add(statements.get(statement) ?? "unknown");
      } else if (type === "Q") this.#add(strings(body)[0] ?? "");
    });
    client.on("data", read);
    for (const [from, to] of [[client, server] as const, [server, client] as const]) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }

  #add(text: string): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
  }
}

/** Cuts a stream into messages. The first one has no type: it starts the connection. */
function frontendMessages(use: (type: string, body: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      if (started) use(String.fromCharCode(rest[0] ?? 0), rest.subarray(head + 4, length));
      started = true;
      rest = rest.subarray(length);
    }
  };
}

/** The first two strings of a message, each ended by a zero byte. */
function strings(body: Buffer): string[] {
  return body.toString("utf8").split("\0", 2);
}
