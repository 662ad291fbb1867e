import { subscribe } from "node:diagnostics_channel";
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { peerAddressHeader } from "./request-headers";

/** Nobody outside knows it, so a client cannot write the header itself where this hook does not run. */
const held = globalThis as { gatehousePeerMark?: string };
const mark = (held.gatehousePeerMark ??= randomBytes(18).toString("base64url"));

/** Notes on every request who sent it, as the connection says. Call it once, at start. */
export function notePeerAddresses(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[peerAddressHeader] = `${mark} ${request.socket.remoteAddress ?? ""}`;
  });
}

/** The address that {@link notePeerAddresses} noted; null where nobody did. */
export function peerAddress(headers: Headers): string | null {
  const [given, address] = (headers.get(peerAddressHeader) ?? "").split(" ");
  return given === mark && address !== undefined && address !== "" ? address.replace(/^::ffff:/, "") : null;
}
