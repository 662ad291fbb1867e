import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { afterEach, expect, it } from "vitest";
import { closeServer, noteServer } from "./http-server";

const server = createServer((_, response) => response.end());

afterEach(() => closeServer(0));

/** Sends a form at a word, and says what came of it. */
const sender = `
const { parentPort, workerData } = require("node:worker_threads");
parentPort.once("message", () => {
  const socket = require("node:net").connect(workerData.port, workerData.address);
  socket.end("POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1\\r\\n\\r\\na");
  socket.once("data", (answer) => parentPort.postMessage(String(answer).split("\\r\\n")[0]));
  socket.once("error", ({ code }) => parentPort.postMessage(code));
});
parentPort.postMessage("ready");`;

it("answers a form that came while the process was busy and has not looked at it when it is to stop", async () => {
  noteServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port, address } = server.address() as AddressInfo;
  await (await fetch(`http://${address}:${String(port)}/`)).text();
  const somebody = new Worker(sender, { eval: true, workerData: { port, address } });
  await once(somebody, "message");
  const answer = once(somebody, "message");
  somebody.postMessage("go");
  // Nothing is taken over meanwhile, but by the system.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  await closeServer(5_000);
  expect(await answer).toEqual(["HTTP/1.1 200 OK"]);
});

it("keeps an idle connection for longer than the minute for which proxies keep it", async () => {
  noteServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const promised = async () => (await fetch(`http://127.0.0.1:${String(port)}/`)).headers.get("keep-alive");
  // Node.js has made the first answer before anybody hears of the request.
  await promised();
  expect(await promised()).toBe("timeout=75");
});
