import "server-only";
import { failed, ok, warning } from "./finding";
import type { CheckGroup, Finding } from "@/lib/shared/diagnosis";

/** How a request for the page came in. */
export interface SeenRequest {
  /** As forwarded, else as asked. */
  readonly host: string;
  readonly protocol: string;
  /** The client's address; null when it could not be told. */
  readonly address: string | null;
}

/** Compares the address that was asked for with AUTH_URL, from which every absolute URL is made. */
export function checkRequest(seen: SeenRequest, authUrl: string): CheckGroup {
  return {
    ...{ group: "request", title: "This request", register: {} },
    findings: [judgeAddress(seen, authUrl), judgeClient(seen)],
  };
}

function judgeAddress({ host, protocol }: SeenRequest, authUrl: string): Finding {
  const expected = new URL(authUrl);
  const seen = `${protocol}://${host}`.slice(0, 200);
  if (host.toLowerCase() !== expected.host)
    return failed(
      "address",
      `this request came to ${seen}, and AUTH_URL is ${authUrl}`,
      "Have the proxy pass Host on, or set X-Forwarded-Host. If people type the other address, set AUTH_URL to it: forms work from there alone.",
    );
  return `${protocol}:` === expected.protocol
    ? ok("address", `this request came to AUTH_URL: ${authUrl}`)
    : warning(
        "address",
        `this request came by ${protocol}, and AUTH_URL is ${authUrl}`,
        "Have the proxy set X-Forwarded-Proto to what the browser used.",
      );
}

function judgeClient({ address }: SeenRequest): Finding {
  return address === null
    ? warning(
        "client",
        "the client's address cannot be told: the limits against guessing count everybody as one network",
        "Set TRUSTED_PROXY_HOPS to the number of proxies before the application, and have each add to X-Forwarded-For.",
      )
    : ok("client", `it came from ${address}: if that is a proxy, see TRUSTED_PROXY_HOPS`);
}
