import "server-only";
import type { Context, TextMapGetter } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";

/**
 * W3C Trace Context, taken from requests only where a proxy of ours stands in front: a stranger could otherwise choose
 * what is sampled, and join the traces of others.
 */
export class TrustingPropagator extends W3CTraceContextPropagator {
  readonly #trustsIncoming: boolean;

  constructor(trustsIncoming: boolean) {
    super();
    this.#trustsIncoming = trustsIncoming;
  }

  override extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    return this.#trustsIncoming ? super.extract(context, carrier, getter) : context;
  }
}
