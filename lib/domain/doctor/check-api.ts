import "server-only";
import { fault, note, ok, type Finding } from "./finding";
import { environment } from "@/lib/env";
import { boundedFetch, OutboundError } from "@/lib/platform/http/bounded-fetch";

/** Whether the messages API answers, and keeps the protected message to itself. */
export async function checkApi(): Promise<readonly Finding[]> {
  const { API_SERVER_URL: server } = environment();
  if (server === undefined)
    return [
      note(
        "API_SERVER_URL is not set",
        "Set it to show messages; without it the pages say that no API is connected.",
      ),
    ];
  try {
    const open = await statusOf(server, "public");
    const closed = await statusOf(server, "protected");
    return [
      open === 200
        ? ok(`${server} gives the public message`)
        : fault(
            `the public message is answered with status ${String(open)}`,
            "See API_SERVER_URL: /api/messages/public is beneath it.",
          ),
      closed === 401
        ? ok("and refuses the protected one without an access token")
        : fault(
            `without an access token the protected message is answered with status ${String(closed)}`,
            "The API should answer 401: see how it is configured.",
          ),
    ];
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return [fault(error.message, "See API_SERVER_URL, and that this machine reaches the API.")];
  }
}

async function statusOf(server: string, kind: string): Promise<number> {
  return (await boundedFetch(new URL(`/api/messages/${kind}`, server))).status;
}
