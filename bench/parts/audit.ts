import { setTimeout as sleep } from "node:timers/promises";
import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import type { Setting } from "../setting";
import { signInAll, signInForms } from "../sign-in-all";
import { cpuSeconds } from "../tools/cpu";
import { ratios } from "../tools/rounds";
import { median } from "../tools/statistics";

const rounds = 8;
const seconds = 5;

/** Sign-ins, eight at a time, against the same application that writes nothing into its audit log. */
export async function measureAudit(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const without = await setting.variant("without-audit");
  const contestants = await Promise.all(
    [product, without].map(async (app) => ({ app, forms: await signInForms(app.url), speed: [], cpu: [] })),
  );
  const [ours, bare] = await measuring(async () => {
    const found: { speed: number[]; cpu: number[] }[] = contestants;
    for (const { forms } of contestants) await signInAll(forms, () => sleep(2_000));
    for (let round = 0; round < rounds; round += 1)
      for (const [index, { app, forms }] of contestants.entries()) {
        const before = cpuSeconds(app.part.pid);
        const speed = await signInAll(forms, () => sleep(seconds * 1_000));
        found[index]?.speed.push(speed);
        found[index]?.cpu.push(((cpuSeconds(app.part.pid) - before) * 1_000) / (speed * seconds));
      }
    return found;
  });
  const line = (name: string, of: "speed" | "cpu", target: string): Row => {
    const [one, other] = [ours?.[of] ?? [], bare?.[of] ?? []];
    return {
      name,
      ours: figure(median(one)),
      baseline: figure(median(other)),
      ratio: median(ratios(one, other)),
      target,
    };
  };
  return [
    line("Sign-ins a second, with the audit log against without", "speed", "≥ 0.95"),
    line("  computing time of one (ms)", "cpu", ""),
  ];
}
