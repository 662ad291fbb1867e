import "server-only";
import { headers } from "next/headers";
import { clientAddress } from "./client-address";
import type { SeenRequest } from "@/lib/domain/doctor/check-request";
import { environment } from "@/lib/env";

/** How the request came in, as the last proxy forwarded it. It decides nothing: AUTH_URL does. */
export async function seenRequest(): Promise<SeenRequest> {
  const sent = await headers();
  const last = (name: string) => sent.get(name)?.split(",").at(-1)?.trim();
  return {
    host: last("x-forwarded-host") ?? sent.get("host") ?? "",
    protocol: last("x-forwarded-proto") ?? "http",
    address: clientAddress(sent, environment().TRUSTED_PROXY_HOPS),
  };
}
