import "server-only";
import { performance } from "node:perf_hooks";
import { context, trace } from "@opentelemetry/api";
import { readiness } from "./readiness";
import { database, sql } from "@/db/client";
import { observeQueries } from "@/db/observe-queries";
import { mailBacklog } from "@/lib/domain/mail/mail-backlog";
import { environment } from "@/lib/env";
import { hashingLoad } from "@/lib/platform/hashing/hashing-threads";
import { listenWith, type CounterName } from "@/lib/platform/telemetry/held";
import { outboundCalls } from "@/lib/platform/telemetry/outbound-calls";
import { querySpans } from "@/lib/platform/telemetry/query-spans";
import { measureRequests } from "@/lib/platform/telemetry/request-durations";
import { startProviders, type StartedTelemetry } from "@/lib/platform/telemetry/start";

/** Starts traces and metrics as configured, and has everything report to them. Call it once, at start. */
export async function startTelemetry(): Promise<StartedTelemetry> {
  const env = environment();
  const started = await startProviders({
    otlp: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    prometheus: env.METRICS_PORT === undefined ? null : { host: env.METRICS_HOST, port: env.METRICS_PORT },
    trustsIncoming: env.TRUSTED_PROXY_HOPS > 0,
  });
  const { meter, tracer } = started;
  const counters = {
    "gatehouse.events": meter.createCounter("gatehouse.events", {
      description: "lines of the log, by the name of the event",
    }),
    "gatehouse.session_checks": meter.createCounter("gatehouse.session_checks"),
  } satisfies Record<CounterName, unknown>;
  listenWith({
    count(name, labels) {
      counters[name].add(1, labels);
    },
    outbound: outboundCalls(tracer, meter),
    traceId: () => trace.getSpanContext(context.active())?.traceId,
  });
  observeQueries(sql(), querySpans(tracer, meter));
  measureRequests(meter);
  gauge(meter, "gatehouse.database.pool_size", () => env.DATABASE_POOL_SIZE);
  gauge(meter, "gatehouse.password_hash.queue", () => hashingLoad().waiting);
  gauge(meter, "gatehouse.password_hash.workers", () => hashingLoad().workers);
  gauge(meter, "gatehouse.ready", async () => ((await readiness()).status === "unavailable" ? 0 : 1));
  gauge(meter, "gatehouse.degraded", async () => ((await readiness()).status === "degraded" ? 1 : 0));
  gauge(meter, "gatehouse.mail.waiting", async () => (await mailBacklog(database())).waiting);
  gauge(meter, "gatehouse.mail.oldest_seconds", async () => (await mailBacklog(database())).oldestSeconds);
  gauge(meter, "process.memory.usage", () => process.memoryUsage.rss());
  let before = performance.eventLoopUtilization();
  gauge(meter, "nodejs.eventloop.utilization", () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  });
  return started;
}

/** A figure that is looked up when it is asked for; left out when it cannot be had. */
function gauge(meter: StartedTelemetry["meter"], name: string, look: () => number | Promise<number>): void {
  meter.createObservableGauge(name).addCallback(async (result) => {
    try {
      result.observe(await look());
    } catch {
      // Without the database there is no figure; `gatehouse.ready` says why.
    }
  });
}
