import { SpanStatusCode } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { expect, it } from "vitest";
import { ScrubbingProcessor } from "./scrub-spans";

it("a span leaves without queries of addresses and quoted tokens (ASVS 14.2.1, 16.2.5)", () => {
  const memory = new InMemorySpanExporter();
  const processor = new ScrubbingProcessor(new SimpleSpanProcessor(memory));
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("test");
  const secret = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
  const span = tracer.startSpan(`GET /api/auth/callback/oidc?code=${secret}`);
  span.setAttribute("http.target", `/login/link?token=${secret}`);
  span.setAttribute("db.query.text", "select 1 where data ? $1");
  span.recordException(new Error(`cannot read ${secret}`));
  span.setStatus({ code: SpanStatusCode.ERROR, message: `no: ${secret}` });
  span.end();
  const text = JSON.stringify(
    memory
      .getFinishedSpans()
      .map(({ name, attributes, events, status }) => [name, attributes, events, status]),
  );
  expect(text).not.toMatch(/eyJ/);
  expect(text).toContain('"/login/link"');
  expect(text).toContain("data ? $1");
});
