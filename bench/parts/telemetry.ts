import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import type { Setting } from "../setting";
import { median } from "../tools/statistics";

/** What the instrumentation costs while no telemetry is configured. */
export async function measureTelemetry(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const inside = await setting.inside();
  const { check, line, idle } = await measuring(() =>
    inside.ask<"telemetry">({ kind: "telemetry", rounds: 20, calls: 2_000_000 }),
  );
  const row = (name: string, ours: readonly number[]): Row => ({
    name,
    ours: figure(median(ours) * 1e6),
    baseline: figure(median(idle) * 1e6),
    ratio: null,
    target: "",
  });
  return [
    row("Telemetry off: its question in a signed-in page, against an empty step (ns)", check),
    row("  its question in a line of the log (ns)", line),
  ];
}
