import type { IncomingMessage, ServerResponse } from "node:http";
import { listPage, mailPage, missingPage } from "./pages";
import type { MailStore } from "./store";

const listLimit = 200;

const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A mail's HTML may show its own styles and pictures, and nothing else. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:; frame-ancestors 'self'";

/**
 * The page and the JSON endpoint: `GET /api/messages` (newest first, at most 200), `GET /api/messages/:id`,
 * `DELETE /api/messages`.
 */
export async function answer(
  store: MailStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const [, area = "", id = "", view = ""] =
    /^\/(api\/messages|mail)(?:\/([\d-]+))?(?:\/(html|source))?$/.exec(path) ?? [];
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");

  if (area === "api/messages" && method === "DELETE" && id === "") {
    store.clear();
    response.writeHead(204).end();
  } else if (area === "api/messages" && method === "GET" && id === "") {
    json(response, 200, await newest(store));
  } else if (area === "api/messages" && method === "GET") {
    const mail = await store.read(id);
    json(response, mail ? 200 : 404, mail ?? { message: "Not Found" });
  } else if (path === "/clear" && method === "POST") {
    // Another site's page must not empty the mailbox.
    const origin = request.headers.origin;
    if (origin === undefined || new URL(origin).host === request.headers.host) store.clear();
    response.writeHead(303, { location: "/" }).end();
  } else if (path === "/" && method === "GET") {
    html(response, 200, listPage(await newest(store)));
  } else if (area === "mail" && view === "source") {
    const raw = store.raw(id);
    if (raw) response.writeHead(200, { "content-type": "text/plain; charset=utf-8", ...safe }).end(raw);
    else html(response, 404, missingPage());
  } else if (area === "mail" && id !== "" && method === "GET") {
    const mail = await store.read(id);
    if (!mail) html(response, 404, missingPage());
    else if (view === "html") html(response, 200, `<base target="_blank">${mail.html ?? ""}`, mailPolicy);
    else html(response, 200, mailPage(mail));
  } else {
    html(response, 404, missingPage());
  }
}

const safe = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

async function newest(store: MailStore) {
  const mails = await Promise.all(
    store
      .ids()
      .slice(0, listLimit)
      .map((id) => store.read(id)),
  );
  return mails.filter((mail) => mail !== undefined);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8", ...safe })
    .end(JSON.stringify(body));
}

function html(response: ServerResponse, status: number, body: string, policy = pagePolicy): void {
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy, ...safe };
  response.writeHead(status, headers).end(body);
}
