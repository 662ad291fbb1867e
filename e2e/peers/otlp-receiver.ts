import { serveHttp } from "../../dev/launch/loopback";
import { findFreePort } from "../../dev/launch/ports";
import { readBody } from "./answer";

interface Value {
  readonly stringValue?: string;
  readonly intValue?: string | number;
}

/** A span as OTLP/JSON has it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: Value }[];
}

export interface OtlpReceiver {
  readonly url: string;
  /** Every body that came, as text. */
  readonly bodies: readonly string[];
  spans(): readonly ReceivedSpan[];
  /** Names of the metrics that came. */
  metrics(): ReadonlySet<string>;
  close(): Promise<void>;
}

interface Traces {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly ReceivedSpan[] }[];
  }[];
}

interface Metrics {
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly { readonly name: string }[] }[];
  }[];
}

/** Starts a collector that takes OTLP over HTTP as JSON (OTLP 1.x, section "OTLP/HTTP") and keeps what comes. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const port = await findFreePort();
  const bodies: string[] = [];
  const close = await serveHttp(port, (request, response) => {
    const known = request.method === "POST" && /^\/v1\/(traces|metrics)$/.test(request.url ?? "");
    void readBody(request).then((body) => {
      if (known) bodies.push(body);
      response.writeHead(known ? 200 : 404, { "content-type": "application/json" }).end("{}");
    });
  });
  return {
    url: `http://localhost:${String(port)}`,
    bodies,
    spans: () =>
      bodies.flatMap((body) =>
        ((JSON.parse(body) as Traces).resourceSpans ?? []).flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) => spans),
        ),
      ),
    metrics: () =>
      new Set(
        bodies.flatMap((body) =>
          ((JSON.parse(body) as Metrics).resourceMetrics ?? []).flatMap(({ scopeMetrics }) =>
            scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
          ),
        ),
      ),
    close,
  };
}
