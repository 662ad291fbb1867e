import "server-only";
import { metrics, propagation, trace, context, type Meter, type Tracer } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader, type MetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { ScrubbingProcessor } from "./scrub-spans";
import { TrustingPropagator } from "./trusting-propagator";

interface TelemetrySettings {
  /** Sends traces and metrics by OTLP over HTTP; further settings are the standard OTEL_ variables. */
  readonly otlp: boolean;
  /** Where Prometheus fetches metrics. */
  readonly prometheus: { readonly host: string; readonly port: number } | null;
  /** Whether a trace that a request names was begun by a proxy of ours. */
  readonly trustsIncoming: boolean;
}

export interface StartedTelemetry {
  readonly meter: Meter;
  readonly tracer: Tracer;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** Starts OpenTelemetry for the process. */
export async function startProviders(settings: TelemetrySettings): Promise<StartedTelemetry> {
  const resource = resourceFromAttributes({ "service.name": "gatehouse" }).merge(
    detectResources({ detectors: [envDetector] }),
  );
  const readers: MetricReader[] = [];
  if (settings.otlp) readers.push(new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() }));
  if (settings.prometheus !== null) {
    const exporter = new PrometheusExporter({ ...settings.prometheus, preventServerStart: true });
    await exporter.startServer();
    readers.push(exporter);
  }
  const meters = new MeterProvider({ resource, readers });
  metrics.setGlobalMeterProvider(meters);
  const stops = [() => meters.shutdown()];
  if (settings.otlp) {
    const processor = new ScrubbingProcessor(new BatchSpanProcessor(new OTLPTraceExporter()));
    const tracers = new BasicTracerProvider({ resource, spanProcessors: [processor] });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new TrustingPropagator(settings.trustsIncoming));
    trace.setGlobalTracerProvider(tracers);
    stops.push(() => tracers.shutdown());
  }
  return {
    meter: metrics.getMeter("gatehouse"),
    tracer: trace.getTracer("gatehouse"),
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}
