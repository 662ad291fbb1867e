/** Runs once when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { prepareServer } = await import("@/lib/web/prepare-server");
    prepareServer();
    const { passRequestOn } = await import("@/lib/web/pass-request-on");
    passRequestOn();
    const ending: (() => Promise<void>)[] = [];
    if (process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] || process.env["METRICS_PORT"]) {
      // Ours has the same span, with a name that holds no query.
      process.env["NEXT_OTEL_FETCH_DISABLED"] = "1";
      const { startTelemetry } = await import("@/lib/web/telemetry");
      const telemetry = await startTelemetry();
      ending.push(() => telemetry.stop());
    }
    const { startMailDelivery } = await import("@/lib/web/mail-delivery");
    const { startHousekeeping } = await import("@/lib/web/housekeeping");
    const { startAuditSealing } = await import("@/lib/web/audit-sealing");
    const { saveLastCalls, startFigures } = await import("@/lib/web/figures");
    ending.push(saveLastCalls);
    const { startBulkWork } = await import("@/lib/web/bulk-work");
    const loops = [
      ...startMailDelivery(),
      ...[startHousekeeping(), startAuditSealing(), startFigures(), startBulkWork()],
    ];
    // Without it Next.js ends the process itself: when the requests are done, with everything else under way.
    if (process.env["NEXT_MANUAL_SIG_HANDLE"]) {
      const { noteServer } = await import("@/lib/web/http-server");
      noteServer();
      const { stopAtSignals } = await import("@/lib/web/stop-signals");
      stopAtSignals({ loops, ending });
    }
  }
}
