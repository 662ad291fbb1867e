import { serveHttp } from "../../dev/launch/loopback";
import { findFreePort } from "../../dev/launch/ports";
import { send, type Answer } from "./answer";

/** One request that the peer got. */
export interface ApiRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface PeerApi {
  readonly url: string;
  readonly requests: ApiRequest[];
  /** What every request is answered with; null: `{ "text": … }`. */
  answer: Answer | null;
  close(): Promise<void>;
}

/** Starts an API that answers whatever it is told to, believes every token, and notes who asked with what. */
export async function startPeerApi(): Promise<PeerApi> {
  const port = await findFreePort();
  const requests: ApiRequest[] = [];
  const peer: PeerApi = {
    url: `http://localhost:${String(port)}`,
    requests,
    answer: null,
    close: await serveHttp(port, (request, response) => {
      const path = request.url ?? "/";
      const { headers } = request;
      requests.push({ path, authorization: headers.authorization, headers });
      void send(response, peer.answer ?? { body: { text: `The ${path.split("/").at(-1) ?? ""} message.` } });
    }),
  };
  return peer;
}
