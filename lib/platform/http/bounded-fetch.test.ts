import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { boundedFetch } from "./bounded-fetch";

const servers: Server[] = [];
const bounds = { timeoutMilliseconds: 300, maxBytes: 1_000 };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const fails = (url: string, init?: RequestInit) =>
  boundedFetch(url, init, bounds).then(
    () => "answered",
    (error: unknown) => (error as { code: string }).code,
  );

describe("a bounded fetch (ASVS 13.1.3, 13.2.4)", () => {
  it("gives back status, headers and body", async () => {
    const url = await serve((_, response) => response.writeHead(201, { "x-a": "b" }).end('{"a":1}'));
    const response = await boundedFetch(url, {}, bounds);
    expect([response.status, response.headers.get("x-a")]).toEqual([201, "b"]);
    expect(await response.json()).toEqual({ a: 1 });
  });

  it.each([204, 205, 304])("copes with a %i, which has no body", async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end());
    expect((await boundedFetch(url, {}, bounds)).status).toBe(status);
  });

  it("gives up on a server that never answers", async () => {
    expect(await fails(await serve(() => undefined))).toBe("timeout");
  });

  it("gives up on a body that never ends", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200).write("a");
    });
    expect(await fails(url)).toBe("timeout");
  });

  it("gives up on a body that drips", async () => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write("a"), 20);
      response.on("close", () => {
        clearInterval(timer);
      });
    });
    expect(await fails(url)).toBe("timeout");
  });

  describe("whose connection ends before the answer", () => {
    /** Hangs up on the first `times`, and notes what was asked. */
    async function hangUp(times: number) {
      const methods: (string | undefined)[] = [];
      const url = await serve(({ method, socket }, response) => {
        if (methods.push(method) <= times) socket.destroy();
        else response.end("x");
      });
      return { url, methods };
    }

    it("asks once more, and no third time", async () => {
      const once = await hangUp(1);
      expect(await (await boundedFetch(once.url, {}, bounds)).text()).toBe("x");
      const often = await hangUp(3);
      expect(await fails(often.url)).toBe("unreachable");
      expect(often.methods).toEqual(["GET", "GET"]);
    });

    it("repeats nothing that would be done twice", async () => {
      const { url, methods } = await hangUp(1);
      expect(await fails(url, { method: "POST" })).toBe("unreachable");
      expect(methods).toEqual(["POST"]);
    });
  });

  it("reads a body up to the cap and no further", async () => {
    const url = await serve((request, response) =>
      response.end("a".repeat(request.url === "/all" ? 1_000 : 1_001)),
    );
    expect(await fails(`${url}/all`)).toBe("answered");
    expect(await fails(url)).toBe("too_large");
  });

  it("counts what a small answer unpacks to", async () => {
    const packed = gzipSync("a".repeat(5_000_000));
    const url = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed),
    );
    expect(await fails(url)).toBe("too_large");
  });

  it("says when nobody is there or the connection breaks", async () => {
    expect(await fails("http://127.0.0.1:9")).toBe("unreachable");
    expect(await fails(await serve((request) => request.socket.destroy()))).toBe("unreachable");
  });

  it("follows a GET within its origin, three times at most", async () => {
    const url = await serve(({ url: path = "/" }, response) => {
      const left = Number(path.slice(1));
      if (left === 0) response.end("there");
      else response.writeHead(302, { location: `/${String(left - 1)}` }).end();
    });
    expect(await (await boundedFetch(`${url}/3`, {}, bounds)).text()).toBe("there");
    expect(await fails(`${url}/4`)).toBe("redirected");
  });

  it.each([301, 302, 303, 307, 308])("never carries a header to another origin by a %i", async (status) => {
    const asked: string[] = [];
    const elsewhere = await serve((request, response) => {
      asked.push(request.headers.authorization ?? "");
      response.end();
    });
    const url = await serve((_, response) => response.writeHead(status, { location: elsewhere }).end());
    expect(await fails(url, { headers: { authorization: "Bearer secret" } })).toBe("redirected");
    expect(asked).toEqual([]);
  });

  it("never sends a POST on", async () => {
    const url = await serve((_, response) => response.writeHead(307, { location: "/elsewhere" }).end());
    expect(await fails(url, { method: "POST", body: "secret" })).toBe("redirected");
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "data:text/plain,x"])(
    "does not follow %s",
    async (location) => {
      const url = await serve((_, response) => response.writeHead(302, { location }).end());
      expect(await fails(url)).toBe("redirected");
    },
  );

  it("keeps the secret of a request out of its errors", async () => {
    const url = await serve(() => undefined);
    const error = await boundedFetch(`${url}/?code=secret`, {}, bounds).catch((reason: unknown) => reason);
    expect(String(error)).not.toContain("secret");
  });
});
