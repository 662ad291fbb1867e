import "server-only";
import { unstable_rethrow } from "next/navigation";
import { apiFailure } from "./api-answer";
import { requestIdHeader } from "./request-headers";
import { countCall } from "@/lib/domain/figures/count-call";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { log } from "@/lib/platform/log";

/** Turns what an API route throws into a 500 or 503 with a reference, and never says why something broke. */
export async function apiGuard({ headers }: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    const requestId = headers.get(requestIdHeader) ?? "";
    countCall("own_api", "failed");
    if (isDatabaseUnavailable(error)) {
      log.error({ event: "database_unavailable", requestId, cause: error }, "an API route had no database");
      return apiUnavailable();
    }
    log.error({ event: "unexpected", requestId, cause: error }, "an API route failed");
    return apiFailure("unexpected", `Something went wrong on our side. Reference: ${requestId}`);
  }
}

export function apiUnavailable(): Response {
  return apiFailure("temporarily_unavailable", "We cannot reach our records right now.", {
    "Retry-After": "2",
  });
}
