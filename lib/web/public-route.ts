import "server-only";
import { connection } from "next/server";
import { apiFailure } from "./api-answer";
import { log } from "@/lib/platform/log";

/** A document for everyone, which caches may keep for a minute; 503 while it cannot be made. */
export function publicRoute(contentType: string, describe: () => Promise<unknown>): () => Promise<Response> {
  return async () => {
    // The build has no configuration; this is made when it is asked for.
    await connection();
    try {
      return new Response(JSON.stringify(await describe()), {
        headers: {
          "Content-Type": contentType,
          "Cache-Control": "public, max-age=60",
        },
      });
    } catch (error) {
      log.error({ event: "document_unavailable", cause: error }, "a public document could not be made");
      return apiFailure("temporarily_unavailable", "We cannot reach our records right now.", {
        "Retry-After": "2",
      });
    }
  };
}
