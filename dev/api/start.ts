import type { IncomingMessage, ServerResponse } from "node:http";
import type { JWTPayload } from "jose";
import { serveHttp } from "../launch/loopback";
import type { ApiSettings } from "./settings";
import { KeysUnavailable, tokenVerifier } from "./verify";

/** What each kind says, and the permission that it wants beyond a valid token. */
const messages: Readonly<Record<string, { text: string; open?: true; permission?: string }>> = {
  public: { text: "This is a public message.", open: true },
  protected: { text: "This is a protected message." },
  admin: { text: "This is an admin message.", permission: "read:admin-messages" },
};

const realm = 'realm="messages"';

/**
 * Starts the messages API on loopback: `GET /api/messages/{public,protected,admin}` answers `{ "text" }`, any fault
 * `{ "message" }` with a challenge (RFC 6750, section 3). Rejects with the system's error when the port is taken.
 */
export async function startApi(settings: ApiSettings): Promise<{ close(): Promise<void> }> {
  const verify = tokenVerifier(settings);
  const close = await serveHttp(settings.port, (request, response) => {
    answer(request, response, verify).catch((error: unknown) => {
      console.error(error);
      send(response, 500, { message: "Internal Server Error" });
    });
  });
  return { close };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  verify: (token: string) => Promise<JWTPayload>,
): Promise<void> {
  const [, kind = ""] = /^\/api\/messages\/([a-z]+)$/.exec((request.url ?? "").split("?", 1)[0] ?? "") ?? [];
  const message = Object.hasOwn(messages, kind) ? messages[kind] : undefined;
  if (!message) {
    send(response, 404, { message: "Not Found" });
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    send(response, 405, { message: "Method Not Allowed" }, { allow: "GET, HEAD" });
    return;
  }
  if (!message.open) {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (token === undefined) {
      send(response, 401, { message: "Requires authentication" }, challenge());
      return;
    }
    let payload: JWTPayload;
    try {
      payload = await verify(token);
    } catch (error) {
      if (error instanceof KeysUnavailable) {
        console.error(`${error.message}: ${String(error.cause)}`);
        send(response, 503, { message: "Service Unavailable" }, { "retry-after": "5" });
        return;
      }
      send(
        response,
        401,
        { message: "Bad credentials" },
        challenge("invalid_token", "The access token is not valid"),
      );
      return;
    }
    if (message.permission !== undefined && !isPermitted(payload, message.permission)) {
      const header = challenge("insufficient_scope", "The permission is missing", message.permission);
      send(response, 403, { message: "Permission denied" }, header);
      return;
    }
  }
  send(response, 200, { text: message.text });
}

function isPermitted({ permissions, scope }: JWTPayload, wanted: string): boolean {
  if (Array.isArray(permissions) && permissions.includes(wanted)) return true;
  return typeof scope === "string" && scope.split(" ").includes(wanted);
}

function challenge(error?: string, description?: string, scope?: string): Record<string, string> {
  const parts = [realm];
  if (error !== undefined) parts.push(`error="${error}"`);
  if (description !== undefined) parts.push(`error_description="${description}"`);
  if (scope !== undefined) parts.push(`scope="${scope}"`);
  return { "www-authenticate": `Bearer ${parts.join(", ")}` };
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      ...headers,
    })
    .end(`${JSON.stringify(body)}\n`);
}
