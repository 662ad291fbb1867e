import type { IncomingMessage, ServerResponse } from "node:http";
import { serveHttp } from "../../../dev/launch/loopback";
import { findFreePort } from "../../../dev/launch/ports";
import { readBody, send, type Answer } from "../../peers/answer";

type Body = Readonly<Record<string, unknown>>;

/** A refresh that has arrived and is not answered yet. */
export interface Refresh {
  /** The refresh token that it was made with. */
  readonly token: string;
  /** Has the provider answer it, which rotates the token. */
  readonly pass: () => Promise<{ readonly status: number; readonly body: Body }>;
}

/** Stands between the application and the token endpoint of a provider, and holds back or spoils refreshes. */
export interface Gate {
  readonly url: string;
  /** Every refresh since the last reset, in order, by its refresh token. */
  readonly refreshes: string[];
  /** Answers refreshes; null lets the provider do it. Sign-ins always pass. */
  onRefresh: ((refresh: Refresh) => Promise<Answer>) | null;
  reset(): void;
  readonly close: () => Promise<void>;
}

/** Starts a gate before the token endpoint at `target`. */
export async function startGate(target: string): Promise<Gate> {
  const port = await findFreePort();
  const refreshes: string[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const pass = async () => {
      const { authorization = "" } = request.headers;
      const answer = await fetch(target, {
        method: "POST",
        headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
        body,
      });
      return { status: answer.status, body: (await answer.json()) as Body };
    };
    const parameters = new URLSearchParams(body);
    await send(response, await answerTo(parameters, pass));
  }

  async function answerTo(parameters: URLSearchParams, pass: Refresh["pass"]): Promise<Answer> {
    if (parameters.get("grant_type") !== "refresh_token") return pass();
    const token = parameters.get("refresh_token") ?? "";
    refreshes.push(token);
    return gate.onRefresh === null ? pass() : gate.onRefresh({ token, pass });
  }

  const close = await serveHttp(port, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const gate: Gate = {
    url: `http://localhost:${String(port)}/token`,
    refreshes,
    onRefresh: null,
    reset() {
      gate.onRefresh = null;
      refreshes.length = 0;
    },
    close,
  };
  return gate;
}

/** Answers as the provider would, with some members of the answer changed; `undefined` takes one away. */
export function changing(changes: (body: Body) => Body): NonNullable<Gate["onRefresh"]> {
  return async ({ pass }) => {
    const { status, body } = await pass();
    return { status, body: { ...body, ...changes(body) } };
  };
}
