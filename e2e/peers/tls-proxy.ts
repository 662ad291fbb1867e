import { request as httpRequest } from "node:http";
import { serveHttp } from "../../dev/launch/loopback";
import type { Certificates } from "./certificates";

/**
 * Ends TLS on `port` and passes requests on by plain HTTP, with the headers that one trusted proxy writes. What a
 * standard puts outside `basePath` is brought there, as docs/deployment.md has it.
 */
export function startTlsProxy(
  port: number,
  target: number,
  certificates: Certificates,
  basePath = "",
): Promise<() => Promise<void>> {
  const metadata = "/.well-known/oauth-authorization-server";
  return serveHttp(
    port,
    (request, response) => {
      const { method, url, socket } = request;
      const before = request.headers["x-forwarded-for"];
      const seen = socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
      const headers = {
        ...request.headers,
        "x-forwarded-for": before === undefined ? seen : `${String(before)}, ${seen}`,
        "x-forwarded-proto": "https",
      };
      const passed = httpRequest({
        host: "localhost",
        port: target,
        method,
        path: basePath !== "" && url === metadata + basePath ? basePath + metadata : url,
        headers,
        agent: false,
      });
      passed.once("error", () => {
        response.writeHead(502).end();
      });
      passed.once("response", (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      });
      request.pipe(passed);
    },
    certificates,
  );
}
