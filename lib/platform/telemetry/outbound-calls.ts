import "server-only";
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Meter,
  type Tracer,
} from "@opentelemetry/api";
import type { Telemetry } from "./held";

/** A span and a duration for each call to another server (semantic conventions for HTTP clients). */
export function outboundCalls(tracer: Tracer, meter: Meter): Telemetry["outbound"] {
  const durations = meter.createHistogram("http.client.request.duration", { unit: "s" });
  return async ({ method, url, headers }, work) => {
    const attributes = {
      "http.request.method": method,
      "server.address": url.hostname,
      "server.port": Number(url.port || (url.protocol === "https:" ? 443 : 80)),
    };
    const span = tracer.startSpan(`${method} ${url.hostname}${url.pathname}`, {
      kind: SpanKind.CLIENT,
      attributes: { ...attributes, "url.full": url.origin + url.pathname },
    });
    const started = performance.now();
    let outcome = {};
    try {
      const carrying = trace.setSpan(context.active(), span);
      propagation.inject(carrying, headers, {
        set: (to, name, value) => {
          to.set(name, value);
        },
      });
      const answer = await context.with(carrying, () => work(headers));
      outcome = { "http.response.status_code": answer.status };
      return answer;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unexpected";
      outcome = { "error.type": code };
      span.setStatus({ code: SpanStatusCode.ERROR, message: code });
      throw error;
    } finally {
      span.setAttributes(outcome);
      span.end();
      durations.record((performance.now() - started) / 1_000, { ...attributes, ...outcome });
    }
  };
}
