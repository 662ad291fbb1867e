import "server-only";
import { failed, ok, warning } from "./finding";
import { outbound } from "./bounds";
import { apiAudience } from "@/lib/domain/issuer/api-audience";
import { parseChallenges } from "@/lib/domain/messages/parse-challenges";
import { environment } from "@/lib/env";
import { variableOf } from "@/lib/env-provider-names";
import { boundedFetch, OutboundError } from "@/lib/platform/http/bounded-fetch";
import type { Finding } from "@/lib/shared/diagnosis";

/** Whether the messages API answers, keeps the protected message to itself, and which audience it is asked for with. */
export async function checkApi(): Promise<readonly Finding[]> {
  const { API_SERVER_URL: server } = environment();
  if (server === undefined)
    return [
      warning(
        "reachable",
        "API_SERVER_URL is not set",
        "Set it to show messages; without it the pages say that no API is connected.",
      ),
    ];
  try {
    const ask = (kind: string) => boundedFetch(new URL(`/api/messages/${kind}`, server), {}, outbound);
    const [open, closed] = await Promise.all([ask("public"), ask("protected")]);
    return [judgeOpen(open, new URL(server).origin), judgeClosed(closed), judgeAudience()];
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return [failed("reachable", error.message, "See API_SERVER_URL, and that this machine reaches the API.")];
  }
}

export function judgeOpen({ status }: Response, server: string): Finding {
  return status === 200
    ? ok("reachable", `${server} gives the public message`)
    : failed(
        "reachable",
        `the public message is answered with status ${String(status)}`,
        "See API_SERVER_URL: /api/messages/public is beneath it.",
      );
}

/** Without a token the answer is a 401 with a challenge (RFC 6750 section 3). */
export function judgeClosed({ status, headers }: Response): Finding {
  if (status !== 401)
    return failed(
      "closed",
      `without an access token the protected message is answered with status ${String(status)}`,
      "The API should answer 401: see how it is configured.",
    );
  const asks = parseChallenges(headers.get("www-authenticate")).some(({ scheme }) => scheme === "bearer");
  return asks
    ? ok("closed", "and refuses the protected one without an access token, asking for a bearer token")
    : warning(
        "closed",
        "the API refuses the protected message without saying how to ask (WWW-Authenticate)",
        "Have the API answer with WWW-Authenticate: Bearer; without it nobody sees what a token lacks.",
      );
}

/** Tokens of providers and our own are to be for one audience, which the API alone can say whether it takes. */
function judgeAudience(): Finding {
  const { API_AUDIENCE, providers } = environment();
  const ours = apiAudience();
  const others = providers.filter(({ audience }) => audience !== undefined && audience !== ours);
  if (API_AUDIENCE !== undefined && others.length > 0) {
    const names = others.map(({ id }) => variableOf(id, "AUDIENCE")).join(", ");
    return warning(
      "audience",
      `API_AUDIENCE says ${ours}, and ${names} another audience`,
      `Set API_AUDIENCE and ${names} to the audience that the API expects.`,
    );
  }
  return ok("audience", `access tokens are made for the audience ${ours}: the API is to expect it`);
}
