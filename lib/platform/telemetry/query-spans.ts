import "server-only";
import { SpanKind, SpanStatusCode, type Meter, type Tracer } from "@opentelemetry/api";

/** A span and a duration for each query (semantic conventions for databases), and how many are under way. */
export function querySpans(tracer: Tracer, meter: Meter): () => (statement: string, failed: boolean) => void {
  const durations = meter.createHistogram("db.client.operation.duration", { unit: "s" });
  const underWay = meter.createUpDownCounter("gatehouse.database.queries");
  return () => {
    const span = tracer.startSpan("postgresql", {
      kind: SpanKind.CLIENT,
      attributes: { "db.system.name": "postgresql" },
    });
    const started = performance.now();
    underWay.add(1);
    return (statement, failed) => {
      underWay.add(-1);
      const operation = /^\s*(\w+)/.exec(statement)?.[1]?.toLowerCase() ?? "query";
      span.updateName(`postgresql ${operation}`);
      span.setAttributes({ "db.operation.name": operation, "db.query.text": statement.slice(0, 2_000) });
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      durations.record((performance.now() - started) / 1_000, { "db.operation.name": operation });
    };
  };
}
