import { networkInterfaces } from "node:os";
import { findFreePort } from "../../dev/launch/ports";
import { signedInVisitor } from "../attacks/support/oidc";
import { startStage } from "../attacks/support/stage";
import { expect, proves, test } from "../attacks/support/test";
import { startOtlpReceiver } from "../peers/otlp-receiver";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
const linkToken = "A-token-from-a-mail-0123456789-abcdefghij";

test(
  "traces and metrics go to the collector, without secrets, and to the API as a parent",
  proves("16.2.5", "14.2.1"),
  async ({ world }) => {
    const receiver = await startOtlpReceiver();
    const metricsPort = await findFreePort();
    const stage = await startStage(world, {
      env: {
        ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: "100" },
        ...{ METRICS_PORT: String(metricsPort), TRUSTED_PROXY_HOPS: "1" },
        ...{ NEXT_MANUAL_SIG_HANDLE: "true", SHUTDOWN_DELAY_SECONDS: "0" },
      },
    });
    try {
      const member = await signedInVisitor(stage.url, stage.peer);
      await member.get(`/login/link?token=${linkToken}`);
      const answer = await member.get("/api/messages/protected", { traceparent });
      expect(answer.status).toBe(200);

      const call = stage.api.requests.at(-1)!;
      expect(call.headers["x-request-id"]).toBe(answer.headers.get("x-request-id"));
      const [, theirTrace, parent] = String(call.headers["traceparent"]).split("-");
      expect(theirTrace).toBe(traceId);
      const own = () => receiver.spans().filter((span) => span.traceId === traceId);
      await expect
        .poll(() => own().map(({ name, kind }) => `${String(kind)} ${name}`))
        .toEqual(
          expect.arrayContaining([
            "3 GET localhost/api/messages/protected",
            "3 postgresql select",
            expect.stringMatching(/^2 .*\/api\/messages\//),
          ]),
        );
      expect(own().find(({ spanId }) => spanId === parent)?.name).toBe(
        "GET localhost/api/messages/protected",
      );
      await expect
        .poll(() => receiver.spans().map(({ name }) => name))
        .toContain(`POST localhost${new URL(stage.peer.issuer).pathname.replace(/\/$/, "")}/token`);

      const page = await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`);
      const text = await page.text();
      for (const line of [
        /^gatehouse_events_total\{event="authn_login_success".*\} 1$/m,
        /^gatehouse_session_checks_total\{outcome="live".*\} [1-9]/m,
        /^db_client_operation_duration_count\{.*"select".*\} [1-9]/m,
        /^http_client_request_duration_count\{/m,
        /^http_server_request_duration_count\{.*"200".*\} [1-9]/m,
        /^gatehouse_database_queries\{?.* 0$/m,
        /^gatehouse_password_hash_queue\{?.* 0$/m,
        /^gatehouse_mail_waiting\{?.* \d+$/m,
        /^gatehouse_ready\{?.* 1$/m,
      ])
        expect(text).toMatch(line);
      // The world's own port has no such page, and no other address of this machine the port.
      expect((await fetch(`${stage.url}/metrics`)).status).toBe(404);
      const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
      for (const { address } of outside.filter(({ internal, family }) => !internal && family === "IPv4"))
        await expect(fetch(`http://${address}:${String(metricsPort)}/metrics`)).rejects.toThrow();

      process.kill(stage.app.part.pid!, "SIGTERM");
      await expect.poll(() => [...receiver.metrics()]).toContain("gatehouse.events");
      const sent = receiver.bodies.join("\n") + text;
      for (const secret of [linkToken, stage.env["OIDC_CLIENT_SECRET"]!, member.sessionCookie!])
        expect(sent).not.toContain(secret);
      expect(sent).not.toMatch(/eyJ[\w-]+\.eyJ|[?&]code=/);
    } finally {
      await stage.close();
      await receiver.close();
    }
  },
);

test(
  "calls carry the request's id, and of a stranger's trace nothing",
  proves("4.1.3"),
  async ({ stage, member }) => {
    const answer = await member.get("/api/messages/protected", { traceparent, "x-request-id": "chosen" });
    const { headers } = stage.api.requests.at(-1)!;
    expect(headers["x-request-id"]).toBe(answer.headers.get("x-request-id"));
    expect(headers["x-request-id"]).not.toBe("chosen");
    expect(headers["traceparent"]).toBeUndefined();
  },
);

test("behind a proxy of ours its trace is carried on as it came", async ({ world }) => {
  const stage = await startStage(world, { env: { TRUSTED_PROXY_HOPS: "1" } });
  try {
    const member = await signedInVisitor(stage.url, stage.peer);
    await member.get("/api/messages/protected", { traceparent });
    expect(stage.api.requests.at(-1)!.headers["traceparent"]).toBe(traceparent);
    await member.get("/api/messages/protected", { traceparent: `00-${"0".repeat(32)}-b7ad6b7169203331-01` });
    expect(stage.api.requests.at(-1)!.headers["traceparent"]).toBeUndefined();
  } finally {
    await stage.close();
  }
});
