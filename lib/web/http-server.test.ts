import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { closeServer, noteServer } from "./http-server";

const server = createServer((_, response) => response.end());

afterEach(() => closeServer(0));

it("keeps an idle connection for longer than the minute for which proxies keep it", async () => {
  noteServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const promised = async () => (await fetch(`http://127.0.0.1:${String(port)}/`)).headers.get("keep-alive");
  // Node.js has made the first answer before anybody hears of the request.
  await promised();
  expect(await promised()).toBe("timeout=75");
});
