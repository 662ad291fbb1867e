import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { serveHttp } from "../../../dev/launch/loopback";
import { findFreePort } from "../../../dev/launch/ports";

/** What stands before several instances, as in production: one address for all of them. */
export interface Balancer {
  readonly url: string;
  /** Sends new requests to this port too. */
  putIn(port: number): void;
  /** Sends no new request there, and resolves when the last answer from there is through. */
  takeOut(port: number): Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts a balancer that knows no instance yet. It takes turns and never tries twice: whatever fails is seen. */
export async function startBalancer(): Promise<Balancer> {
  const port = await findFreePort();
  const targets: number[] = [];
  const underWay = new Map<number, number>();
  const idle = new Set<() => void>();
  let turn = 0;

  function count(target: number, by: number): void {
    const left = (underWay.get(target) ?? 0) + by;
    underWay.set(target, left);
    if (left === 0) for (const check of idle) check();
  }

  function forward(request: IncomingMessage, response: ServerResponse): void {
    const target = targets[turn++ % targets.length];
    if (target === undefined) {
      response.writeHead(502).end("no instance");
      return;
    }
    count(target, 1);
    response.once("close", () => {
      count(target, -1);
    });
    const { method, url, headers } = request;
    const passed = httpRequest({ host: "localhost", port: target, method, path: url, headers, agent: false });
    passed.once("error", (error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end(error.message);
    });
    passed.once("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    request.pipe(passed);
  }

  const close = await serveHttp(port, forward);
  return {
    url: `http://localhost:${String(port)}`,
    putIn(target) {
      targets.push(target);
    },
    takeOut(target) {
      targets.splice(targets.indexOf(target), 1);
      return new Promise((resolve) => {
        const check = () => {
          if ((underWay.get(target) ?? 0) > 0) return;
          idle.delete(check);
          resolve();
        };
        idle.add(check);
        check();
      });
    },
    close,
  };
}
