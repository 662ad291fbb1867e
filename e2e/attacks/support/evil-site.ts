import { serveHttp } from "../../../dev/launch/loopback";
import { findFreePort } from "../../../dev/launch/ports";

export interface EvilSite {
  readonly url: string;
  /** Paths that were asked for, with their queries. */
  readonly visits: readonly string[];
  close(): Promise<void>;
}

/** Another site on this machine that serves `body` at every path. */
export async function startEvilSite(body: string): Promise<EvilSite> {
  const port = await findFreePort();
  const visits: string[] = [];
  const close = await serveHttp(port, (request, response) => {
    visits.push(request.url ?? "");
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8" })
      .end(`<!doctype html><link rel="icon" href="data:,"><title>Evil</title>${body}`);
  });
  return { url: `http://localhost:${String(port)}`, visits, close };
}
