import "server-only";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { withoutSecrets } from "@/lib/platform/log";

/**
 * Takes out of spans what must not leave the process (ASVS 14.2.1, 16.2.5): the queries of addresses, which hold
 * one-time tokens and authorization codes, and tokens that a library quotes in an error.
 */
export class ScrubbingProcessor implements SpanProcessor {
  readonly #next: SpanProcessor;

  constructor(next: SpanProcessor) {
    this.#next = next;
  }

  onStart(...given: Parameters<SpanProcessor["onStart"]>): void {
    this.#next.onStart(...given);
  }

  onEnd(span: ReadableSpan): void {
    scrub(span.attributes);
    for (const { attributes } of span.events) if (attributes !== undefined) scrub(attributes);
    if (span.status.message !== undefined) span.status.message = scrubText(span.status.message);
    (span as { name: string }).name = scrubText(span.name);
    this.#next.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#next.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#next.shutdown();
  }
}

function scrub(attributes: ReadableSpan["attributes"]): void {
  for (const [name, value] of Object.entries(attributes))
    // A statement holds placeholders where the values are, and its `?` is no query.
    if (typeof value === "string" && name !== "db.query.text") attributes[name] = scrubText(value);
}

function scrubText(text: string): string {
  return withoutSecrets(text.replace(/\?[^\s"']*/g, ""));
}
