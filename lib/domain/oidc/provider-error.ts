import "server-only";
import { OutboundError } from "@/lib/platform/http/bounded-fetch";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/** A provider that could not be asked or whose answer is refused. `code` names the outcome; the cause is for the log. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly code: OutcomeCode;

  constructor(code: OutcomeCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The outcome of a failed call to a provider. */
export function toProviderError(
  error: unknown,
  otherwise: OutcomeCode = "provider_answer_invalid",
): ProviderError {
  if (error instanceof ProviderError) return error;
  const outbound = chain(error).find((link) => link instanceof OutboundError);
  if (outbound === undefined)
    return new ProviderError(otherwise, "the provider's answer was refused", { cause: error });
  const code = { timeout: "provider_timeout", unreachable: "provider_unavailable" } as const;
  return new ProviderError(
    outbound.code === "timeout" || outbound.code === "unreachable"
      ? code[outbound.code]
      : "provider_answer_invalid",
    outbound.message,
    { cause: error },
  );
}

function chain(error: unknown): unknown[] {
  const links: unknown[] = [];
  for (let link = error; link instanceof Error && links.length < 6; link = link.cause) links.push(link);
  return links;
}
