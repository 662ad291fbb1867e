import "server-only";
import { headers } from "next/headers";
import { requestIdHeader } from "./request-headers";
import { environment } from "@/lib/env";
import { passOn } from "@/lib/platform/http/passed-on";

/** W3C Trace Context section 3.2.2: version 00, a trace and a span that are not all zero. */
const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Has calls to other servers carry the request's id, and the trace that a proxy of ours began. What strangers say is a
 * trace counts for nothing. Call it once, at start.
 */
export function passRequestOn(): void {
  passOn(async () => {
    try {
      const from = await headers();
      const id = from.get(requestIdHeader);
      const trace = environment().TRUSTED_PROXY_HOPS > 0 ? from.get("traceparent") : null;
      return {
        ...(id !== null && { [requestIdHeader]: id }),
        ...(trace !== null && traceparent.test(trace) && { traceparent: trace }),
      };
    } catch {
      // Work of the process itself belongs to no request.
      return {};
    }
  });
}
